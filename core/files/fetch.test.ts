import { readdir, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import {
  createFilesDevice,
  joinDevices,
  testBytes,
  testContent,
  testSpace,
  type FilesDevice,
} from "#core/testing/files-device.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const garden = testSpace("garden");

const devices: FilesDevice[] = [];
afterEach(async () => {
  const closing = devices.splice(0);
  await Promise.all(closing.map((device) => device.close()));
  expect(closing.flatMap(({ bugs }) => bugs)).toEqual([]);
});

async function device(): Promise<FilesDevice> {
  const made = await createFilesDevice();
  devices.push(made);
  return made;
}

test("FI2: content of any size comes over byte for byte", async () => {
  const [ana, ben] = [await device(), await device()];
  await joinDevices(ana, ben, [garden]);
  for (const size of [0, 1, 256 * KIB, 256 * KIB + 1, 5 * MIB]) {
    const content = testContent(testBytes(size));
    for (const { naming } of [ana, ben]) naming.name(garden, content);
    ana.reader.add(content);
    const { path, list } = await ben.fetcher.fetch(content);
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
    expect(list.equals(content.list)).toBe(true);
    await ben.fetcher.discard(content);
  }
  expect(await readdir(ben.folder)).toEqual([]);
});
