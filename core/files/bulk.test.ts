import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import {
  createFilesDevices,
  share,
  testBytes,
  testContent,
  testSpace,
} from "#core/testing/files-device.ts";
import {
  joinOverTcp,
  laneOf,
  storeContent,
} from "#core/testing/bulk-devices.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");

const devices = createFilesDevices();
afterEach(() => devices.close());

test.each([true, false])(
  "FI11: a large file comes over a bulk lane, whichever end called (%s)",
  async (isCaller) => {
    const [ana, ben] = [await devices.make(), await devices.make()];
    const content = testContent(testBytes(40 * MIB + 77));
    share(garden, content, [ana], [ben]);
    await storeContent(ana, content);
    await joinOverTcp(isCaller ? [ben, ana] : [ana, ben], [garden]);
    ana.reader.before = async (bytes) => {
      await laneOf(ben);
      return bytes;
    };
    const { path } = await ben.fetcher.fetch(content);
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
    // What the line was asked for before the lane stood.
    expect(ana.reader.served.length).toBeLessThan(20);
  },
);
