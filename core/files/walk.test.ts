import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import {
  chmod,
  mkdir,
  mkdtemp,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { StatThread } from "./stat-thread.ts";
import { walkFolder, type LeftOut, type WalkedFile } from "./walk.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";

const isPosix = process.platform !== "win32";
let root = "";
let folder = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "walk-"));
  folder = join(root, "shared");
  await mkdir(folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

async function put(path: string, content = path): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function walk(): Promise<{ files: WalkedFile[]; leftOut: LeftOut[] }> {
  const files: WalkedFile[] = [];
  const leftOut: LeftOut[] = [];
  for await (const file of walkFolder(folder, {
    onLeftOut: (entry) => leftOut.push(entry),
  }))
    files.push(file);
  return { files, leftOut };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return isCoreError(error) ? [error.code, error.details] : error;
  }
  return "it went well";
}

test("every regular file comes once, with its size and time, in a fixed order", async () => {
  const paths = ["b", "a/z", "a/b/c", "a.txt", ".hidden/.file", "empty"];
  for (const path of paths) await put(path, path === "empty" ? "" : path);
  await mkdir(join(folder, "no files"));
  const { files, leftOut } = await walk();
  expect(files.map((file) => file.path)).toEqual([
    "a.txt",
    "b",
    "empty",
    ".hidden/.file",
    "a/z",
    "a/b/c",
  ]);
  for (const file of files) {
    const { size, mtimeMs, ino } = statSync(file.absolutePath);
    expect(file).toEqual({
      path: file.path,
      absolutePath: join(folder, file.path),
      size,
      mtimeMs,
      ino,
    });
  }
  expect(leftOut).toEqual([]);
});

test.runIf(isPosix)(
  "links, pipes and sockets are left out and said; nothing behind a link is read",
  async () => {
    await put("real");
    await mkdir(join(root, "outside"));
    await writeFile(join(root, "outside", "secret"), "secret");
    await symlink(join(root, "outside"), join(folder, "to-folder"));
    await symlink(join(root, "outside", "secret"), join(folder, "to-file"));
    await symlink(join(root, "nothing"), join(folder, "to-nothing"));
    await symlink(folder, join(folder, "to-itself"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(folder, "socket"), resolve);
    });
    const { files, leftOut } = await walk();
    server.close();
    expect(files.map((file) => file.path)).toEqual(["real"]);
    expect(leftOut).toEqual([
      { path: "pipe", reason: "special" },
      { path: "socket", reason: "special" },
      { path: "to-file", reason: "link" },
      { path: "to-folder", reason: "link" },
      { path: "to-itself", reason: "link" },
      { path: "to-nothing", reason: "link" },
    ]);
  },
);

test.runIf(isPosix)(
  "a folder with very many files is looked at in a thread, and nothing in it is seen otherwise",
  async () => {
    const names = Array.from(
      { length: 2_100 },
      (_, n) => `file-${String(n).padStart(4, "0")}`,
    );
    for (const name of names) await put(name, name);
    await put("file-1/inside");
    await symlink(root, join(folder, "file-link"));
    execFileSync("mkfifo", [join(folder, "file-pipe")]);
    await put("thumbs.db");
    const look = vi.spyOn(StatThread.prototype, "look");
    const { files, leftOut } = await walk();
    expect(files.map((file) => file.path)).toEqual([...names, "file-1/inside"]);
    for (const file of files) {
      const { size, mtimeMs, ino } = statSync(file.absolutePath);
      expect(file).toMatchObject({ size, mtimeMs, ino });
    }
    expect(leftOut).toEqual([
      { path: "file-link", reason: "link" },
      { path: "file-pipe", reason: "special" },
      { path: "thumbs.db", reason: "litter" },
    ]);
    // Not one question for each file.
    expect(look).toHaveBeenCalledTimes(5 + 1);
  },
);

test("a folder with very many files that goes away while it is looked at is missing, and its files are not said to be unreadable", async () => {
  for (let n = 0; n < 2_100; n++) await put(`file-${String(n)}`);
  const gone: LeftOut[] = [];
  const files = walkFolder(folder, { onLeftOut: (entry) => gone.push(entry) });
  vi.spyOn(StatThread.prototype, "look").mockImplementationOnce(
    (_folder, names) => {
      renameSync(folder, join(root, "away"));
      const seen = { kind: "unreadable", size: 0, mtimeMs: 0, ino: 0 } as const;
      return Promise.resolve(names.map(() => seen));
    },
  );
  expect(await failure(files.next())).toEqual([
    "folder-missing",
    { name: "shared" },
  ]);
  expect(gone).toEqual([]);
});

test("a link in place of the folder itself is not followed", async () => {
  await put("real");
  const link = join(root, "link");
  await symlink(folder, link);
  expect(await failure(walkFolder(link).next())).toEqual([
    "folder-unreadable",
    { name: "link" },
  ]);
});

test("what systems and this app leave in folders is left out", async () => {
  const litter = [
    ".commonplace-incoming/half",
    ".DS_Store",
    "Thumbs.db",
    "sub/desktop.ini",
  ];
  for (const path of ["real", ...litter]) await put(path);
  const { files, leftOut } = await walk();
  expect(files.map((file) => file.path)).toEqual(["real"]);
  expect(leftOut).toEqual(
    [".DS_Store", ".commonplace-incoming", "Thumbs.db", "sub/desktop.ini"].map(
      (path) => ({ path, reason: "litter" }),
    ),
  );
});

test.runIf(process.platform === "linux")(
  "FI7: names that others could not take are left out and said",
  async () => {
    await put("good");
    for (const name of ["..\\up", "C:", "back\\", "\\top"]) await put(name);
    const bytes = Buffer.from([0x66, 0xff, 0xfe]);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), "");
    const bad = Buffer.concat([Buffer.from(`${folder}/d`), bytes]);
    mkdirSync(bad);
    writeFileSync(Buffer.concat([bad, Buffer.from("/inside")]), "");
    const { files, leftOut } = await walk();
    expect(files.map((file) => file.path)).toEqual(["good"]);
    expect(leftOut.map((entry) => entry.reason)).toEqual(
      Array.from({ length: 6 }, () => "name"),
    );
    expect(leftOut.map((entry) => entry.path)).toContain("df\uFFFD\uFFFD");
  },
);

test("LI: paths of more than 32 levels or 1,024 bytes are left out and said", async () => {
  const deep = Array.from({ length: 31 }, () => "d").join("/");
  await put(`${deep}/file`);
  await put(`${deep}/more/file`);
  const long = Array.from({ length: 5 }, () => "x".repeat(250)).join("/");
  await put(long);
  const { files, leftOut } = await walk();
  expect(files.map((file) => file.path)).toEqual([`${deep}/file`]);
  expect(leftOut).toEqual([
    { path: `${deep}/more/file`, reason: "long" },
    { path: long, reason: "long" },
  ]);
});

test.runIf(isPosix && process.getuid?.() === 0)(
  "files and folders that may not be read are left out and said",
  async () => {
    await put("closed/file");
    await put("locked");
    await put("open");
    await chmod(join(folder, "closed"), 0o000);
    await chmod(join(folder, "locked"), 0o000);
    await chmod(root, 0o755);
    // In a process of somebody who is nobody: root may read everything.
    await build({
      entryPoints: [fileURLToPath(new URL("walk.ts", import.meta.url))],
      outfile: join(root, "walk.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const code = `
      const { walkFolder } = await import(process.argv[1]);
      const said = [];
      const onLeftOut = (entry) => said.push(entry.path, entry.reason);
      try {
        for await (const file of walkFolder(process.argv[2], { onLeftOut }))
          said.push(file.path);
      } catch (error) {
        said.push(error.code, error.details.name);
      }
      console.log(said.join());`;
    const walkAsNobody = () =>
      execFileSync(
        process.execPath,
        ["--input-type=module", "-e", code, join(root, "walk.mjs"), folder],
        { uid: 65534, cwd: root, encoding: "utf8" },
      ).trim();
    expect(walkAsNobody()).toBe("locked,unreadable,open,closed,unreadable");
    await chmod(folder, 0o000);
    expect(walkAsNobody()).toBe("folder-unreadable,shared");
  },
);

test("a folder that is not there, or is a file, is said so", async () => {
  await put("file");
  expect(await failure(walkFolder(join(folder, "nope")).next())).toEqual([
    "folder-missing",
    { name: "nope" },
  ]);
  expect(await failure(walkFolder(join(folder, "file")).next())).toEqual([
    "folder-unreadable",
    { name: "file" },
  ]);
});

test("a folder that goes away or is replaced midway is missing, not empty", async () => {
  for (const replace of [false, true]) {
    for (let index = 0; index < 50; index++)
      await put(`sub ${String(index)}/file`);
    const files = walkFolder(folder);
    await files.next();
    renameSync(folder, join(root, "elsewhere"));
    if (replace) mkdirSync(folder);
    const rest = async () => {
      for (;;) if ((await files.next()).done === true) return;
    };
    expect(await failure(rest())).toEqual([
      "folder-missing",
      { name: "shared" },
    ]);
    rmSync(join(root, "elsewhere"), { recursive: true });
    if (!replace) mkdirSync(folder);
  }
});

test("a folder inside that goes away midway is left out and the rest goes on", async () => {
  await put("a/file");
  await put("b/file");
  await put("c/file");
  const leftOut: LeftOut[] = [];
  const paths: string[] = [];
  for await (const file of walkFolder(folder, {
    onLeftOut: (entry) => leftOut.push(entry),
  })) {
    paths.push(file.path);
    if (file.path === "a/file") rmSync(join(folder, "b"), { recursive: true });
  }
  expect(paths).toEqual(["a/file", "c/file"]);
  expect(leftOut).toEqual([{ path: "b", reason: "unreadable" }]);
});

test("folders with nothing in them are told, not the folder itself nor one that cannot be read", async () => {
  const empty: string[] = [];
  const look = async () => {
    empty.length = 0;
    const options = { onEmptyFolder: (path: string) => empty.push(path) };
    for await (const { path } of walkFolder(folder, options))
      if (path === "a.txt") await rm(join(folder, "gone"), { recursive: true });
  };
  await look();
  expect(empty).toEqual([]);
  await put("a.txt");
  await put("sub/b.txt");
  for (const path of ["gone", "sub/empty", "z/inside"])
    await mkdir(join(folder, path), { recursive: true });
  await look();
  expect(empty).toEqual(["sub/empty", "z/inside"]);
});

test("a walk ends with the signal's reason", async () => {
  for (let index = 0; index < 100; index++) await put(`file ${String(index)}`);
  const controller = new AbortController();
  const reason = new Error("stop");
  let count = 0;
  const all = async () => {
    for await (const _file of walkFolder(folder, { signal: controller.signal }))
      if (++count === 3) controller.abort(reason);
  };
  expect(await failure(all())).toBe(reason);
  expect(count).toBe(3);
});

test("the folder in which the app keeps keys and posts is never shared, wherever it lies", async () => {
  const folder = await tempFolder();
  const data = join(folder, "share", "commonplace");
  await mkdir(join(data, "logs"), { recursive: true });
  for (const name of ["commonplace.json", "vault.json", "logs/x", "local.db"])
    await writeFile(join(data, name), "secret");
  await writeFile(join(folder, "photo.jpg"), "photo");

  const leftOut: LeftOut[] = [];
  const paths: string[] = [];
  for await (const file of walkFolder(folder, {
    onLeftOut: (entry) => leftOut.push(entry),
  }))
    paths.push(file.path);
  expect(paths).toEqual(["photo.jpg"]);
  expect(leftOut).toEqual([{ path: "share/commonplace", reason: "app-data" }]);

  await expect(walkFolder(data).next()).rejects.toMatchObject({
    code: "folder-unreadable",
  });
});
