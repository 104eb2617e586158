import { existsSync } from "node:fs";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "valibot";
import { grantIdSchema } from "#core/contract/ids.ts";
import { HANDED_BYTES } from "#core/contract/limits.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { listFolders, makeFolder } from "./folder-chooser.ts";
import { Grants } from "./grants.ts";

async function folderWithFile() {
  const folder = await tempFolder();
  const path = join(folder, "notes.txt");
  await writeFile(path, "hello");
  return {
    folder,
    path,
    grants: new Grants(seededRandom("grants"), join(folder, "incoming")),
  };
}

test("a grant stands for a file or folder, and tells the page its name and size alone", async () => {
  const { folder, path, grants } = await folderWithFile();
  const file = await grants.add(path);
  expect(file).toEqual({ grant: file.grant, name: "notes.txt", size: 5 });
  expect(grants.resolve(file.grant)).toEqual({
    path,
    name: "notes.txt",
    isUpload: false,
  });
  expect((await grants.add(folder)).size).toBeNull();
});

test("what was never granted, is not there, or was used up is not found", async () => {
  const { folder, path, grants } = await folderWithFile();
  const missing = grants.add(join(folder, "missing"));
  await expect(missing).rejects.toMatchObject({
    code: "not-found",
    details: { what: "missing" },
  });
  const guess = parse(grantIdSchema, "a".repeat(16));
  expect(() => grants.resolve(guess)).toThrow("not-found");
  const { grant } = await grants.add(path);
  await grants.release(grant);
  expect(() => grants.resolve(grant)).toThrow("not-found");
});

test("an upload goes with its grant, a file of the person's own stays", async () => {
  const { folder, path, grants } = await folderWithFile();
  const copy = join(folder, "upload-1");
  await writeFile(copy, "bytes");
  const upload = await grants.addUpload(copy, "picture.png");
  expect(upload).toMatchObject({ name: "picture.png", size: 5 });
  const own = await grants.add(path);
  await grants.release(upload.grant);
  await grants.release(own.grant);
  await grants.release(own.grant);
  expect([existsSync(copy), existsSync(path)]).toEqual([false, true]);
});

test("the chooser lists folders only, in order, without hidden ones and links", async () => {
  const folder = await tempFolder();
  for (const name of ["b", "a", ".hidden"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "file"), "");
  await symlink(folder, join(folder, "link"));
  expect(await listFolders(folder)).toEqual({
    path: folder,
    parent: dirname(folder),
    folders: [
      { name: "a", path: join(folder, "a") },
      { name: "b", path: join(folder, "b") },
    ],
  });
  expect((await listFolders("/")).parent).toBeNull();
  await expect(listFolders(join(folder, "file"))).rejects.toMatchObject({
    code: "folder-unreadable",
  });
});

test("bytes without a place on disk are kept until they are used, and then gone", async () => {
  const { folder, grants } = await folderWithFile();
  const { grant, name, size } = await grants.addBytes(
    Buffer.from("shot"),
    "a.png",
  );
  expect({ name, size }).toEqual({ name: "a.png", size: 4 });
  expect(await readdir(join(folder, "incoming"))).toHaveLength(1);
  await grants.release(grant);
  expect(await readdir(join(folder, "incoming"))).toEqual([]);
  await expect(
    grants.addBytes(new Uint8Array(HANDED_BYTES + 1), "big"),
  ).rejects.toMatchObject({ code: "file-large" });
});

test("a folder is made where the chooser stands, and nothing but a name is taken for one", async () => {
  const folder = await tempFolder();
  const made = await makeFolder(folder, " For holidays ");
  expect(made).toEqual({
    path: join(folder, "For holidays"),
    parent: folder,
    folders: [],
  });
  expect(await readdir(folder)).toEqual(["For holidays"]);
  await expect(makeFolder(folder, "For holidays")).rejects.toMatchObject({
    code: "name-taken",
  });
  for (const name of [
    "",
    " ",
    ".",
    "..",
    "a/b",
    "../b",
    "a\\b",
    "a".repeat(300),
  ])
    await expect(makeFolder(folder, name)).rejects.toMatchObject({
      code: "name-unusable",
    });
  await expect(makeFolder(join(folder, "missing"), "a")).rejects.toMatchObject({
    code: "folder-unreadable",
  });
  expect(await readdir(folder)).toEqual(["For holidays"]);
});
