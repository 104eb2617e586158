import { expect, test } from "vitest";
import { simulate } from "#core/testing/simulation.ts";
import { untilTrue } from "#core/testing/until.ts";

const SEED = process.env["SIM_SEED"] ?? "four people";
const ACTIONS = Number(process.env["SIM_ACTIONS"] ?? 500);
/** Seeds that failed once, so that they never do again. */
const PINNED: readonly string[] = [];
const QUIET_MS = 30_000;

test.each([SEED, ...PINNED])(
  "EN4, ME5: whatever four people did and however lines broke, all see the same in the end (seed %s)",
  { timeout: 60_000 + ACTIONS * 200 },
  async (seed) => {
    const { names, model, heal, seenBy } = await simulate(seed, ACTIONS);
    await heal();
    const isThere = (name: string): boolean => {
      const { posts, profiles } = seenBy(name);
      return (
        sorted(posts) === sorted(model.posts) &&
        sorted(profiles) === sorted(model.profiles)
      );
    };
    await untilTrue(() => names.every(isThere), Boolean, {
      timeoutMs: QUIET_MS,
    }).catch(() => undefined);
    // Compared once more, so that a failure shows what differs.
    for (const name of names) expect(seenBy(name)).toEqual(model);
    expect(model.posts.size).toBeGreaterThan(ACTIONS / 10);
  },
);

function sorted(map: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
