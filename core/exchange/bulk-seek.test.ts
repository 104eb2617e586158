import { afterEach, expect, test } from "vitest";
import {
  joinOverTcp,
  laneOf,
  storeContent,
} from "#core/testing/bulk-devices.ts";
import {
  createFilesDevices,
  share,
  testBytes,
  testContent,
  testSpace,
} from "#core/testing/files-device.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");
const devices = createFilesDevices();
afterEach(() => devices.close());

test("FI11: what is read while the whole comes over a lane is not held up by it", async () => {
  const content = testContent(testBytes(96 * MIB));
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, content, [ana], [ben]);
  await storeContent(ana, content);
  await joinOverTcp([ben, ana], [garden]);
  const whole = ben.fetcher.fetch(content);
  await laneOf(ben);
  const reading = ben.fetcher.read(content);
  for (let index = 380; index > 0; index -= 40) {
    const at = index * content.chunkSize;
    const bytes = await reading.chunk(index, index);
    expect(bytes.equals(content.bytes.subarray(at, at + bytes.length))).toBe(
      true,
    );
  }
  reading.close();
  await whole;
});
