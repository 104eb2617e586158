import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { openDataFolder, writeDurably } from "./data-folder.ts";

const MARKER = "commonplace.json";

async function folderWith(marker: string): Promise<string> {
  const path = await tempFolder();
  await writeFile(join(path, MARKER), marker);
  return path;
}

test("a new folder is made, for its owner alone, and says what it is", async () => {
  const path = join(await tempFolder(), "deep", "inside");
  const folder = await openDataFolder(path);
  expect(folder.at("a", "b")).toBe(join(path, "a", "b"));
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect(JSON.parse(await readFile(join(path, MARKER), "utf8"))).toEqual({
    format: "commonplace",
    version: 1,
  });
  await expect(openDataFolder(path)).resolves.toMatchObject({ path });
});

test("a folder of a newer version is refused, and nothing in it is touched", async () => {
  const marker = '{"format":"commonplace","version":2,"more":true}';
  const path = await folderWith(marker);
  await expect(openDataFolder(path)).rejects.toMatchObject({
    code: "store-newer",
    details: { version: 2 },
  });
  expect(await readdir(path)).toEqual([MARKER]);
  expect(await readFile(join(path, MARKER), "utf8")).toBe(marker);
});

test.each(["", "{", '{"format":"commonplace"', "null", '{"format":"other"}'])(
  "a marker that says %j is damage, and is left as it is",
  async (marker) => {
    const path = await folderWith(marker);
    await expect(openDataFolder(path)).rejects.toMatchObject({
      code: "store-damaged",
    });
    expect(await readFile(join(path, MARKER), "utf8")).toBe(marker);
  },
);

test("a start that was cut while the marker was written is made up for", async () => {
  const path = await tempFolder();
  await writeFile(join(path, `${MARKER}.new`), '{"form');
  await openDataFolder(path);
  expect(await readdir(path)).toEqual([MARKER]);
});

test("a small file is the old one or the new one, never a part", async () => {
  const path = join(await tempFolder(), "small");
  await writeDurably(path, "old");
  const old = await readFile(path, "utf8");
  const writing = writeDurably(path, "new".repeat(100_000));
  const seen = new Set([old]);
  let isWriting = true;
  const reading = (async () => {
    while (isWriting) seen.add(await readFile(path, "utf8"));
  })();
  await writing;
  isWriting = false;
  await reading;
  seen.add(await readFile(path, "utf8"));
  expect([...seen].map((it) => it.length)).toEqual([3, 300_000]);
  expect((await stat(path)).mode & 0o077).toBe(0);
});
