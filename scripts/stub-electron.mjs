// A stand-in for Electron's own files, as far as the packager looks at them, so
// that packaging can be checked without fetching the real one.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the fuses of an Electron program are: after this text, a version and a count. */
export const FUSE_MARK = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSE_VERSION = 1;
const FUSES = 9;

/** @param {string} folder @param {string} version */
export function writeStubElectron(folder, version) {
  mkdirSync(join(folder, "resources"), { recursive: true });
  const program = join(folder, "electron");
  writeFileSync(
    program,
    Buffer.concat([
      Buffer.from(FUSE_MARK),
      Buffer.from([FUSE_VERSION, FUSES]),
      Buffer.from("1".repeat(FUSES)),
    ]),
  );
  chmodSync(program, 0o755);
  mkdirSync(join(folder, "locales"));
  writeFileSync(join(folder, "locales", "en-US.pak"), "");
  writeFileSync(join(folder, "chrome-sandbox"), "");
  writeFileSync(join(folder, "version"), version);
  writeFileSync(join(folder, "LICENSE"), "");
  writeFileSync(join(folder, "LICENSES.chromium.html"), "");
}

/** The fuses of a program as text, one character each. @param {Buffer} program */
export function readFuses(program) {
  const at = program.indexOf(FUSE_MARK) + FUSE_MARK.length;
  const count = program[at + 1] ?? 0;
  return program.subarray(at + 2, at + 2 + count).toString("latin1");
}
