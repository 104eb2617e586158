// Packs the app around a stand-in for Electron, without any network, and looks
// into what came out: the right files and no others, native modules where the
// system can load them, the fuses as they should be, and the size.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, prepare } from "./prepare.mjs";
import { readFuses, writeStubElectron } from "./stub-electron.mjs";
import { WORKERS } from "./workers.mjs";

/** What the app adds to Electron; measured at 33 MB. */
const MOST_BYTES = 45 * 1024 * 1024;

/** In the order of the program: each off or on. */
const FUSES = {
  runAsNode: "0",
  enableCookieEncryption: "1",
  enableNodeOptionsEnvironmentVariable: "0",
  enableNodeCliInspectArguments: "0",
  enableEmbeddedAsarIntegrityValidation: "1",
  onlyLoadAppFromAsar: "1",
  loadBrowserProcessSpecificV8Snapshot: "0",
  grantFileProtocolExtraPrivileges: "0",
};

const NEEDED = [
  "dist/core/main.js",
  ...WORKERS.map(({ name }) => `dist/core/${name}.js`),
  "dist/electron/main.js",
  "dist/electron/preload.cjs",
  "dist/renderer/index.html",
  "package.json",
  "LICENSE",
];

/** Ours in the archive, beside packages. */
const ALLOWED =
  /^(dist\/(core\/(main|[a-z-]+-worker)\.js|electron\/(main\.js|preload\.cjs)|renderer\/.*)|package\.json|LICENSE)$/;

/** Native modules that the app loads. */
const NATIVE = [
  "rocksdb-native",
  "sodium-native",
  "udx-native",
  "quickbit-native",
  "simdle-native",
  "fs-native-extensions",
  "@libsql/linux-x64-gnu",
  "@napi-rs/blake-hash-linux-x64-gnu",
  "@parcel/watcher-linux-x64-glibc",
];

const require = createRequire(import.meta.url);

/** @type {string[]} */
const problems = [];
const folder = mkdtempSync(join(tmpdir(), "commonplace-package-"));
try {
  await prepare();
  const packed = pack();
  if (packed !== null) checkAll(packed);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.log(problem);
console.log(`package: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Packs for Linux on x64; answers with the folder of the packed app. */
function pack() {
  const electron = join(ROOT, "node_modules/electron/package.json");
  const { version } = JSON.parse(readFileSync(electron, "utf8"));
  const stub = join(folder, "electron");
  writeStubElectron(stub, version);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve("electron-builder/cli.js"),
      ...["--dir", "--linux", "--x64"],
      `-c.electronDist=${stub}`,
      `-c.electronVersion=${version}`,
      `-c.directories.output=${join(folder, "out")}`,
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status === 0) return join(folder, "out/linux-unpacked");
  problems.push(`electron-builder failed:\n${stdout}\n${stderr}`);
  return null;
}

/** @param {string} packed */
function checkAll(packed) {
  checkFuses(readFuses(readFileSync(join(packed, "commonplace"))));
  const resources = join(packed, "resources");
  const archive = join(resources, "app.asar");
  const files = readArchive(archive);
  checkFiles(files);
  checkNative(files, `${archive}.unpacked`);
  const bytes = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES)
    problems.push(`the app has ${bytes} bytes; ${MOST_BYTES} are allowed`);
  console.log(
    `${files.size} files, ${(bytes / 1024 / 1024).toFixed(1)} MB beside Electron`,
  );
}

/** @param {string} fuses */
function checkFuses(fuses) {
  for (const [index, [name, wanted]] of Object.entries(FUSES).entries())
    if (fuses[index] !== wanted)
      problems.push(`fuse ${name} is ${fuses[index]}, not ${wanted}`);
}

/** @typedef {{ readonly size: number, readonly unpacked: boolean }} Packed */

/** @param {ReadonlyMap<string, Packed>} files */
function checkFiles(files) {
  for (const path of NEEDED)
    if (!files.has(path)) problems.push(`missing: ${path}`);
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const developing = Object.keys(manifest.devDependencies);
  for (const path of files.keys()) {
    if (!path.startsWith("node_modules/")) {
      if (!ALLOWED.test(path)) problems.push(`does not belong: ${path}`);
      continue;
    }
    const name = developing.find((one) =>
      path.startsWith(`node_modules/${one}/`),
    );
    if (name !== undefined) problems.push(`for development only: ${path}`);
    if (/\.(map|md|[cm]?ts|bare)$|prebuilds\/(?!linux-x64\/)/.test(path))
      problems.push(`of no use: ${path}`);
  }
}

/** @param {ReadonlyMap<string, Packed>} files @param {string} unpacked */
function checkNative(files, unpacked) {
  const native = [...files.entries()].filter(([path]) =>
    path.endsWith(".node"),
  );
  for (const [path, file] of native)
    if (!file.unpacked || !existsSync(join(unpacked, path)))
      problems.push(`inside the archive, where it cannot be loaded: ${path}`);
  for (const name of NATIVE)
    if (!native.some(([path]) => path.includes(`node_modules/${name}/`)))
      problems.push(`no native module for ${name}`);
  if (native.length !== NATIVE.length)
    problems.push(
      `${native.length} native modules, ${NATIVE.length} expected: ${native.map(([path]) => path).join(", ")}`,
    );
}

/** Every file of an archive, with its size. @param {string} path @returns {Map<string, Packed>} */
function readArchive(path) {
  // The packager's own reader of archives.
  const packager = createRequire(require.resolve("electron-builder/cli.js"));
  const near = createRequire(packager.resolve("app-builder-lib/package.json"));
  const asar = near("@electron/asar");
  /** @type {Map<string, Packed>} */
  const files = new Map();
  for (const name of asar.listPackage(path, { isPack: false })) {
    const plain = name.replaceAll("\\", "/").slice(1);
    const entry = asar.statFile(path, plain, false);
    if (typeof entry.size === "number")
      files.set(plain, { size: entry.size, unpacked: entry.unpacked === true });
  }
  return files;
}
