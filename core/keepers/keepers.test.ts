import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import {
  addKeeper,
  inviteOf,
  letKeep,
  untilKeeper,
} from "#core/testing/keepers.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { until } from "#core/testing/until.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import {
  contentsOf,
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

let shares: Shares;

beforeEach(async () => {
  shares = await createShares();
  // Nobody but the keeper holds what Ana writes.
  await shares.ben.close();
});

afterEach(async () => {
  await shares.close();
});

test("KE3: a post is read through a blind keeper by somebody who was never online together with its author", async () => {
  const { ana, people } = shares;
  const keeper = await addKeeper(people, ana);
  await ana.core.handlers.post({
    text: "Seen through the keeper",
    audience: "link",
    replyTo: null,
    attachments: [],
  });
  const link = await inviteOf(ana);
  // Shown by a check, and not before (KE5).
  await until(feedOf(ana), ({ items }) =>
    items.some(
      ({ copies }) =>
        copies?.stage === "out" &&
        copies.keepers?.some(({ name }) => name === "Office keeper") === true,
    ),
  );
  await ana.close();

  const cem = await people.add("Cem");
  await cem.core.handlers.openLink({ link });
  const post = await untilPost(cem, "Seen through the keeper");
  expect(post.author.name).toBe("Ana");
  expect([...ana.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 40_000);

test("FI10: files of a collection are fetched through a blind keeper, opened and proved, while nobody else who holds them is on", async () => {
  const { ana, people, at } = shares;
  const keeper = await addKeeper(people, ana);
  const large = seededRandom("large").bytes(700_000);
  const folder = await shares.folder("source", {
    "words.txt": "a secret song",
    "empty.txt": "",
    "deep/large.bin": large,
  });
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  await letKeep(ana, "blind", [collection]);
  await untilKeeper(
    ana,
    (one) => one.coverage.share === 1 && (one.pledge?.used ?? 0) > large.length,
  );
  await ana.close();

  const cem = await people.add("Cem");
  await cem.core.handlers.openLink({ link });
  await untilRow(cem, collection, (it) => it.files === 3);
  await download(cem, collection, at("cem"));
  expect(await contentsOf(at("cem", "Songs"))).toEqual({
    "deep/large.bin": large.toString("base64"),
    "empty.txt": "",
    "words.txt": Buffer.from("a secret song").toString("base64"),
  });
  expect([...ana.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 60_000);

test("KE7: a keeper takes no more than it promised, and frees all of it when it stops", async () => {
  const { ana, people } = shares;
  const keeper = await addKeeper(people, ana);
  const theirs = keeper.core.states.contacts({}).peek()[0];
  if (theirs === undefined) throw new Error("no contact");
  const { person } = theirs;
  await keeper.core.handlers.setKeptFor({
    person,
    bytes: 400_000,
    until: null,
  });
  await untilKeeper(ana, (one) => one.pledge?.bytes === 400_000);
  const random = seededRandom("full");
  const folder = await shares.folder("source", {
    "large.bin": random.bytes(700_000),
    "middle.bin": random.bytes(250_000),
    "small.bin": random.bytes(50_000),
  });
  const collection = await share(ana, folder, { kind: "link" });
  await letKeep(ana, "blind", [collection]);
  // What does not fit is left out, and the rest is whole.
  const full = await untilKeeper(ana, (one) => one.coverage.files.shown === 2);
  expect(full.coverage.files).toEqual({ shown: 2, all: 3 });
  expect(full.pledge?.used).toBeLessThanOrEqual(400_000);

  // Less than it holds already: the larger one is taken back.
  await keeper.core.handlers.setKeptFor({
    person,
    bytes: 100_000,
    until: null,
  });
  const less = await untilKeeper(ana, (one) => one.coverage.files.shown === 1);
  expect(less.coverage.gone).toBe(0);
  await untilKeeper(ana, (one) => (one.pledge?.used ?? 0) <= 100_000);

  await keeper.core.handlers.setKeptFor({ person, bytes: 0, until: null });
  await untilKeeper(ana, (one) => one.pledge?.bytes === 0);
  expect(keeper.core.states.keepers({}).peek().others).toEqual([]);
  expect(
    Object.keys(await contentsOf(join(keeper.dataFolder, "kept"))),
  ).toEqual([]);
  expect([...ana.bugs, ...keeper.bugs]).toEqual([]);
}, 60_000);

test("KE7: what was promised for a time is freed when that is over, also while its owner is away", async () => {
  const { ana, people } = shares;
  let ahead = 0;
  const everyMinute: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    every(ms, task) {
      if (ms === 60_000) everyMinute.push(task);
      return systemClock.every(ms, task);
    },
  };
  const keeper = await addKeeper(people, ana, { clock });
  const [theirs] = keeper.core.states.contacts({}).peek();
  if (theirs === undefined) throw new Error("no contact");
  await keeper.core.handlers.setKeptFor({
    person: theirs.person,
    bytes: 1_000_000,
    until: clock.now() + 3_600_000,
  });
  const folder = await shares.folder("source", { "song.txt": "la la" });
  const collection = await share(ana, folder, { kind: "link" });
  await letKeep(ana, "blind", [collection]);
  await untilKeeper(ana, (one) => one.coverage.files.shown === 1);
  await ana.close();

  const kept = join(keeper.dataFolder, "kept");
  for (const task of everyMinute) task();
  expect(Object.keys(await contentsOf(kept))).toHaveLength(2);
  ahead = 2 * 3_600_000;
  for (const task of everyMinute) task();
  await expect
    .poll(async () => Object.keys(await contentsOf(kept)))
    .toEqual([]);
  expect(keeper.core.states.keepers({}).peek().others).toEqual([]);
  expect([...ana.bugs, ...keeper.bugs]).toEqual([]);
}, 60_000);

test("KE5: a contact that may read is asked for what it keeps as well", async () => {
  const { ana, people } = shares;
  const eva = await people.add("Eva");
  await people.befriend(ana, eva);
  await ana.core.handlers.post({
    text: "Kept by a friend",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  await untilPost(eva, "Kept by a friend");
  await eva.core.handlers.setKeptFor({
    person: ana.core.states.me({}).peek()?.person ?? fail(),
    bytes: 1_000_000,
    until: null,
  });
  const contact = ana.core.states
    .contacts({})
    .peek()
    .find(({ name }) => name === "Eva");
  await ana.core.handlers.setKeeper({
    person: contact?.person ?? fail(),
    mode: "readable",
    feeds: true,
    collections: [],
    bytes: null,
    until: null,
  });
  const keeper = await untilKeeper(
    ana,
    (one) => one.coverage.share !== null && one.pledge !== null,
  );
  expect(keeper).toMatchObject({ name: "Eva", pledge: { bytes: 1_000_000 } });
  expect(keeper.coverage.share).toBe(1);
  expect([...ana.bugs, ...eva.bugs]).toEqual([]);
}, 40_000);

function fail(): never {
  throw new Error("nobody");
}
