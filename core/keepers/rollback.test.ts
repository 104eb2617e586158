import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { feedOf } from "#core/testing/people.ts";
import { addKeeper, untilKeeper } from "#core/testing/keepers.ts";
import { createShares } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

let shares: Shares;

beforeEach(async () => {
  shares = await createShares();
  await shares.ben.close();
});

afterEach(async () => {
  await shares.close();
});

async function post({ core }: TestPerson, text: string): Promise<void> {
  await core.handlers.post({
    text,
    audience: "link",
    replyTo: null,
    attachments: [],
  });
}

test("KE5: a keeper that went back to an earlier state is noticed across restarts of both, is no copy of what is gone, and may make good for it", async () => {
  let { ana } = shares;
  let keeper = await addKeeper(shares.people, ana);
  await post(ana, "early");
  await untilKeeper(ana, ({ coverage }) => coverage.posts === 1);
  await keeper.close();
  const [db, before] = ["logs/db", "before"].map((name) =>
    join(keeper.dataFolder, name),
  );
  if (db === undefined || before === undefined) throw new Error("no folder");
  await cp(db, before, { recursive: true });
  keeper = await keeper.restart();
  for (const text of ["late", "later", "latest"]) await post(ana, text);
  await until(feedOf(ana), ({ items }) =>
    items.every(
      ({ copies }) => copies?.stage === "out" && copies.keepers?.length === 1,
    ),
  );
  const shown = await untilKeeper(ana, ({ coverage }) => coverage.posts === 1);
  expect(shown.coverage.gone).toBe(0);

  // Its disk is put back to what it was; and it takes nothing new.
  await ana.close();
  await keeper.close();
  await rm(db, { recursive: true });
  await cp(before, db, { recursive: true });
  keeper = await keeper.restart();
  const [one] = keeper.core.states.keepers({}).peek().others;
  if (one === undefined) throw new Error("it keeps for nobody");
  const { person, bytes } = one;
  await keeper.core.handlers.setKeptFor({ person, bytes: 1, until: null });
  ana = await ana.restart();
  const back = await untilKeeper(ana, ({ coverage }) => coverage.gone > 0);
  expect(back.coverage.gone).toBeGreaterThanOrEqual(3);
  expect(back.coverage.posts).toBeLessThan(1);
  const { items } = await until(feedOf(ana), (it) =>
    it.items.some(
      ({ text, copies }) => text === "latest" && copies?.stage === "here",
    ),
  );
  expect(items.find(({ text }) => text === "early")?.copies).toMatchObject({
    keepers: [{ name: "Office keeper" }],
  });

  await keeper.core.handlers.setKeptFor({ person, bytes, until: null });
  const good = await untilKeeper(ana, ({ coverage }) => coverage.posts === 1);
  expect(good.coverage.gone).toBe(0);
  expect([...ana.bugs, ...keeper.bugs]).toEqual([]);
}, 90_000);
