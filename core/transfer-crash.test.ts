import { spawn } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleForNode } from "#core/testing/bundle.ts";
import type { Bundle } from "#core/testing/bundle.ts";
import { testBytes } from "#core/testing/files-device.ts";
import { killAfter } from "#core/testing/kill-after.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { contentsOf, writeFiles } from "#core/testing/shares.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";

/** Kills in all; a soak sets more. */
const KILLS = Number(process.env["TRANSFER_KILLS"] ?? 8);
/** Kills before a transfer is let through to its end, and the next begins. */
const KILLS_EACH = 4;
const SEED = process.env["CRASH_SEED"] ?? "transfer";

let child: Bundle;
beforeAll(async () => {
  child = await bundleForNode("transfer-child.ts");
});
afterAll(() => child.remove());

/** Runs both people, until killed some time after they said `from`, or to the end. */
async function run(
  folder: string,
  kill: { readonly from: string; readonly ms: number } | null,
): Promise<readonly string[]> {
  const both = spawn(process.execPath, [child.path, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  let killed: Promise<void> | null = null;
  for await (const line of createInterface({ input: both.stdout })) {
    said.push(line);
    if (kill !== null && line === kill.from)
      killed ??= killAfter(both, kill.ms);
  }
  await killed;
  return said;
}

test(
  "FI8: killed at any moment, sharing and fetching go on: the source is untouched, what arrives is whole, nothing is left over",
  { timeout: 120_000 + KILLS * 15_000 },
  async () => {
    const random = seededRandom(SEED);
    for (let kills = 0; kills < KILLS; kills += KILLS_EACH) {
      const folder = await tempFolder();
      const songs = join(folder, "songs");
      await mkdir(join(folder, "fetched"));
      await mkdir(songs);
      const files: Record<string, Buffer> = {};
      for (let index = 0; index < 200; index++)
        files[`sub ${String(index % 7)}/${String(index)}.txt`] = testBytes(
          random.below(30_000),
          index + 1,
        );
      for (let index = 0; index < 3; index++)
        files[`large ${String(index)}.bin`] = testBytes(
          3_000_000 + random.below(3_000_000),
          900 + index,
        );
      await writeFiles(songs, files);
      const wanted = await contentsOf(songs);
      const times = await timesOf(songs);
      const said: string[] = [];
      for (let kill = 0; kill < KILLS_EACH; kill++) {
        const from = kill < KILLS_EACH / 2 ? "sharing" : "fetching";
        said.push(...(await run(folder, { from, ms: random.below(600) })));
      }
      said.push(...(await run(folder, null)));
      expect(said.filter((line) => line.startsWith("bug"))).toEqual([]);
      expect(said.at(-1)).toBe("done");
      expect(await contentsOf(songs)).toEqual(wanted);
      expect(await timesOf(songs)).toEqual(times);
      // Every file, whole, and no other: no half ones, no folder of unfinished ones.
      expect(await contentsOf(join(folder, "fetched", "Songs"))).toEqual(
        wanted,
      );
      expect(await readdir(join(folder, "fetched"))).toEqual(["Songs"]);
      expect((await readdir(join(folder, "fetched", "Songs"))).sort()).toEqual(
        (await readdir(songs)).sort(),
      );
    }
  },
);

async function timesOf(folder: string): Promise<readonly string[]> {
  const times: string[] = [];
  for (const name of await readdir(folder, { recursive: true }))
    times.push(`${name} ${String((await stat(join(folder, name))).mtimeMs)}`);
  return times.sort();
}
