import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { asRefusal, cleanIncoming, openDestination } from "./place-folder.ts";
import { Placer } from "./placer.ts";

/** What the disks of a test are, on each system. */
const PLATFORMS: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "win32",
};

let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "place-folder-")));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return isCoreError(error) ? [error.code, error.details] : error;
  }
  return "it went well";
}

test("FI4: unfinished files lie on the same disk, inside the folder, also behind a link", async () => {
  mkdirSync(join(root, "real"));
  symlinkSync(join(root, "real"), join(root, "link"));
  const destination = await openDestination(join(root, "link"));
  expect(destination).toEqual({
    folder: join(root, "real"),
    incoming: join(root, "real", ".commonplace-incoming"),
    platform: destination.platform,
  });
  expect(PLATFORMS[process.platform]).toBe(destination.platform);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("a folder that cannot take files is refused in words", async () => {
  writeFileSync(join(root, "file"), "");
  mkdirSync(join(root, "trap"));
  symlinkSync(root, join(root, "trap", ".commonplace-incoming"));
  for (const [path, code] of [
    ["gone/folder", "folder-missing"],
    ["file", "folder-unreadable"],
    ["trap", "folder-unreadable"],
  ] as const)
    expect(await failure(openDestination(join(root, path)))).toEqual([
      code,
      { name: path.split("/").at(-1) },
    ]);
});

test("leftovers go, what is still wanted stays, nothing behind a link is touched", async () => {
  const destination = await openDestination(join(root, "in"));
  const { incoming } = destination;
  writeFileSync(join(root, "outside"), "");
  writeFileSync(join(incoming, "old.part"), "");
  writeFileSync(join(incoming, "wanted.part"), "");
  symlinkSync(join(root, "outside"), join(incoming, "link"));
  mkdirSync(join(incoming, "folder"));
  await cleanIncoming(destination, new Set(["wanted.part"]));
  expect(readdirSync(incoming).sort()).toEqual(["folder", "wanted.part"]);
  expect(existsSync(join(root, "outside"))).toBe(true);
  rmSync(join(incoming, "folder"), { recursive: true });
  await cleanIncoming(destination, new Set());
  expect(existsSync(incoming)).toBe(false);
  // Nothing there is nothing to do.
  await cleanIncoming(destination, new Set());
});

test("LI: what a disk says is told as a code", () => {
  const refusal = (code: string) => {
    const error = asRefusal(Object.assign(new Error(code), { code }), "/a/b");
    return isCoreError(error) ? error.code : error;
  };
  expect(
    ["ENOSPC", "EDQUOT", "EACCES", "EROFS", "ENOENT"].map(refusal),
  ).toEqual([
    "disk-full",
    "disk-full",
    "folder-unreadable",
    "folder-unreadable",
    "folder-missing",
  ]);
  expect(refusal("EIO")).toBeInstanceOf(Error);
});

function mount(path: string): boolean {
  try {
    mkdirSync(path);
    execFileSync(
      "mount",
      ["-t", "tmpfs", "-o", "size=1m,nr_inodes=6", "none", path],
      { stdio: "ignore" },
    );
    return true;
  } catch {
    return false;
  }
}

test.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "a full disk is said so, and the received bytes stay for another try",
  async (context) => {
    const disk = join(root, "disk");
    if (!mount(disk)) context.skip();
    const placer = new Placer();
    try {
      const destination = await openDestination(disk);
      const temp = join(destination.incoming, "x.part");
      writeFileSync(temp, "bytes");
      const arrival = {
        temp,
        parts: ["a", "b", "c", "d", "file"],
        content: {
          root: rootOf(hashChunk(Buffer.from("bytes"))),
          size: 5,
          chunkSize: chunkSizeFor(5),
        },
        changedAt: 0,
        known: null,
      };
      const [first] = await placer.place(destination, [arrival]);
      expect(first?.kind === "failed" && first.error).toMatchObject({
        code: "disk-full",
      });
      expect(existsSync(temp)).toBe(true);
      // Space came back.
      rmSync(join(disk, "a"), { recursive: true });
      const [second] = await placer.place(destination, [
        { ...arrival, parts: ["file"] },
      ]);
      expect(second?.kind).toBe("placed");
    } finally {
      await placer.close();
      execFileSync("umount", [disk]);
    }
  },
);
