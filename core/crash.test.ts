import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleForNode } from "#core/testing/bundle.ts";
import type { Bundle } from "#core/testing/bundle.ts";
import { openLoneCore } from "#core/testing/lone-core.ts";
import type { LoneCore } from "#core/testing/lone-core.ts";
import { killAfter } from "#core/testing/kill-after.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import type { SeededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { until } from "#core/testing/until.ts";

/** Kills in all; a soak sets more. */
const CYCLES = Number(process.env["CRASH_CYCLES"] ?? 50);
const SEED = process.env["CRASH_SEED"] ?? "crash";
const FIRST_MS = 5;
const LAST_MS = 200;

let child: Bundle;
beforeAll(async () => {
  child = await bundleForNode("crash-child.ts");
});
afterAll(() => child.remove());

/** Runs the child until some milliseconds after its first confirmation; answers how many it gave. */
async function postsUntilKilled(
  folder: string,
  undoMs: number,
  prefix: string,
  ms: number,
): Promise<number> {
  const run = spawn(
    process.execPath,
    [child.path, join(folder, "data"), String(undoMs), prefix],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let confirmed = 0;
  let killed: Promise<void> | null = null;
  for await (const line of createInterface({ input: run.stdout })) {
    expect(line).toBe(String(confirmed));
    confirmed += 1;
    killed ??= killAfter(run, ms);
  }
  await killed;
  expect(run.signalCode).toBe("SIGKILL");
  return confirmed;
}

/** Every text of the feed, oldest first. */
function textsIn({ states }: LoneCore): readonly string[] {
  const texts: string[] = [];
  for (let first = 0; ; first += 500) {
    const page = states.feed({ filter: "mine", first, count: 500 }).peek();
    texts.push(...page.items.map(({ text }) => text));
    if (page.items.length < 500) return texts.reverse();
  }
}

/** Opens what the killed one left; what was held then is in the log now. */
async function readAgain(folder: string): Promise<readonly string[]> {
  const core = await openLoneCore(folder);
  expect(core.states.app({}).peek()).toEqual({
    stage: "ready",
    lock: "unlocked",
  });
  await until(core.states.held({}), (held) => held.length === 0);
  const texts = textsIn(core);
  expect(core.bugs).toEqual([]);
  await core.close();
  return texts;
}

interface Run {
  readonly prefix: string;
  readonly confirmed: number;
}

/** What was confirmed, and at most one more, which was under way. */
function check(texts: readonly string[], runs: readonly Run[]): void {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    const [prefix = ""] = text.split(" ");
    found.set(prefix, [...(found.get(prefix) ?? []), text]);
  }
  for (const { prefix, confirmed } of runs) {
    const there = found.get(prefix) ?? [];
    const wanted = (count: number) =>
      Array.from({ length: count }, (_, at) => `${prefix} ${String(at)}`);
    expect([wanted(confirmed), wanted(confirmed + 1)]).toContainEqual(there);
    found.delete(prefix);
  }
  expect([...found.keys()]).toEqual([]);
}

async function killAgainAndAgain(
  undoMs: number,
  cycles: number,
  random: SeededRandom,
): Promise<void> {
  const folder = await tempFolder();
  const runs: Run[] = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    const prefix = `run${String(cycle)}`;
    const ms = FIRST_MS + random.below(LAST_MS - FIRST_MS);
    const confirmed = await postsUntilKilled(folder, undoMs, prefix, ms);
    runs.push({ prefix, confirmed });
    check(await readAgain(folder), runs);
  }
}

test(
  "DU1: a post that was confirmed survives kill -9, written or held",
  { timeout: 60_000 + CYCLES * 5_000 },
  async () => {
    // Together, so that the start of one fills the waits of the other.
    const runs = [0, 20, 30_000].map((undoMs) =>
      killAgainAndAgain(
        undoMs,
        Math.ceil(CYCLES / 3),
        seededRandom(`${SEED} ${String(undoMs)}`),
      ),
    );
    await Promise.all(runs);
  },
);

test("DU1: a first start that is killed at any moment can be made again", async () => {
  const random = seededRandom(`${SEED} first start`);
  for (let cycle = 0; cycle < 8; cycle++) {
    const folder = await tempFolder();
    const run = spawn(
      process.execPath,
      [child.path, join(folder, "data"), "0", "first"],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    await killAfter(run, 250 + random.below(350));
    const core = await openLoneCore(folder);
    const { stage } = core.states.app({}).peek();
    expect(["setup", "ready"]).toContain(stage);
    if (stage === "setup")
      await core.handlers.start({
        name: "Ana",
        lock: { kind: "unlocked" },
        phrase: null,
      });
    await core.handlers.saveDraft({
      place: "x",
      text: "usable",
      audience: "link",
    });
    expect(core.bugs).toEqual([]);
    await core.close();
  }
});
