import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testBytes } from "#core/testing/files-device.ts";
import {
  createShares,
  shareSource,
  startDownload,
  untilDone,
  untilTransfer,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

/** A file in several chunks, and one in a single chunk. */
const files = { "big.bin": testBytes(3 * 1024 * 1024), "small.txt": "small" };

test.each([
  ["big.bin", "downloads"],
  ["big.bin", "elsewhere"],
  ["small.txt", "downloads"],
  ["small.txt", "elsewhere"],
] as const)(
  "FI9: %s, which one transfer waits for, is waited for by a second one into %s too, and ends both when it comes",
  async (path, folder) => {
    const { ana, ben, at } = shares;
    const { collection } = await shareSource(shares, files);
    await ana.core.handlers.updateSettings({ network: "nobody" });
    const one = await startDownload(ben, collection, at("downloads"), [path]);
    await untilTransfer(ben, one, ({ state }) => state.stage === "waiting");
    const two = await startDownload(ben, collection, at(folder), [path]);
    await untilTransfer(ben, two, ({ state }) => state.stage === "waiting");
    await ana.core.handlers.updateSettings({ network: "everywhere" });
    await untilDone(ben, one);
    await untilDone(ben, two);
    const there = await readFile(at(folder, "Songs", path));
    expect(there.equals(Buffer.from(files[path]))).toBe(true);
    expect([...ana.bugs, ...ben.bugs]).toEqual([]);
  },
);
