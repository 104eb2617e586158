import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import {
  addKeeper,
  inviteOf,
  letKeep,
  untilKeeper,
} from "#core/testing/keepers.ts";
import { untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import {
  contentsOf,
  createShares,
  download,
  share,
  untilGone,
  untilRow,
  update,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

const random = seededRandom("read keeping");

/** Offered to no contact. */
const FOR_NOBODY = { kind: "chosen", people: [] } as const;

let shares: Shares;

beforeEach(async () => {
  shares = await createShares();
  // Nobody but the keeper holds what Ana writes.
  await shares.ben.close();
});

afterEach(async () => {
  await shares.close();
});

/** What the keeper has of others' files on its disk. */
async function copiesOf(keeper: TestPerson): Promise<readonly string[]> {
  const all = await contentsOf(join(keeper.dataFolder, "attachments"));
  return Object.values(all).map(nameOf).toSorted();
}

function nameOf(base64: string): string {
  return createHash("sha256").update(base64).digest("hex").slice(0, 8);
}

async function untilCopies(
  keeper: TestPerson,
  expected: readonly Buffer[],
): Promise<void> {
  await expect
    .poll(() => copiesOf(keeper).catch(() => []), { timeout: 15_000 })
    .toEqual(expected.map((it) => nameOf(it.toString("base64"))).toSorted());
}

async function attach(owner: TestPerson, path: string): Promise<void> {
  const { grant } = await owner.core.grants.add(path);
  await owner.core.handlers.post({
    text: "With a file",
    audience: "link",
    replyTo: null,
    attachments: [{ grant, alt: "" }],
  });
}

test("KE8: a keeper that may read holds posts with their files and the collections it was chosen for, and serves them while their owner is away", async () => {
  const { ana, people, at } = shares;
  const keeper = await addKeeper(people, ana);
  const large = random.bytes(700_000);
  const folder = await shares.folder("source", {
    "words.txt": "a song",
    "deep/large.bin": large,
  });
  const attached = join(folder, "..", "attached.bin");
  const bytes = random.bytes(300_000);
  await writeFile(attached, bytes);
  await attach(ana, attached);
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  const invite = await inviteOf(ana);
  await letKeep(ana, "readable", [collection]);
  const kept = await untilKeeper(
    ana,
    ({ coverage, pledge }) =>
      coverage.share === 1 &&
      coverage.files.shown === coverage.files.all &&
      (pledge?.used ?? 0) > 1_000_006,
  );
  expect(kept.coverage).toMatchObject({
    posts: 1,
    files: { shown: 3, all: 3 },
    gone: 0,
  });
  await ana.close();

  const cem = await people.add("Cem");
  await cem.core.handlers.openLink({ link: invite });
  await untilPost(cem, "With a file");
  await cem.core.handlers.openLink({ link });
  await untilRow(cem, collection, (it) => it.files === 2);
  await download(cem, collection, at("cem"));
  expect(await contentsOf(at("cem", "Songs"))).toEqual({
    "deep/large.bin": large.toString("base64"),
    "words.txt": Buffer.from("a song").toString("base64"),
  });
  await untilCopies(cem, [bytes]);
  expect([...ana.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 60_000);

test("KE7: what a keeper may read counts against the room it promised and the owner wants, and goes when it is no longer given", async () => {
  const { ana, people } = shares;
  const keeper = await addKeeper(people, ana);
  const small = [random.bytes(40_000), random.bytes(50_000)] as const;
  const large = random.bytes(700_000);
  const folder = await shares.folder("source", {
    "one.bin": small[0],
    "two.bin": small[1],
    "large.bin": large,
  });
  const collection = await share(ana, folder, FOR_NOBODY);
  // Less than the keeper would hold: what the owner wants is the bound.
  await letKeep(ana, "readable", [collection], { bytes: 200_000 });
  await untilCopies(keeper, small);
  const full = await untilKeeper(
    ana,
    ({ coverage }) => coverage.files.shown === 2,
  );
  expect(full.coverage.files).toEqual({ shown: 2, all: 3 });
  expect(full.pledge?.used).toBeLessThanOrEqual(200_000);

  await letKeep(ana, "readable", [collection], { bytes: 2_000_000 });
  await untilCopies(keeper, [...small, large]);
  // Less again: it goes.
  await letKeep(ana, "readable", [collection], { bytes: 200_000 });
  await untilCopies(keeper, small);

  await untilRow(keeper, collection, (it) => it.files === 3);
  await letKeep(ana, "readable", []);
  await untilCopies(keeper, []);
  await untilGone(keeper, collection);
  expect([...ana.bugs, ...keeper.bugs]).toEqual([]);
}, 60_000);

test("KE7: nothing is kept longer than its owner wants, nor what is no longer in the collection", async () => {
  const { ana, people } = shares;
  const keeper = await addKeeper(people, ana);
  const first = random.bytes(40_000);
  const second = random.bytes(50_000);
  const folder = await shares.folder("source", { "one.bin": first });
  const collection: SpaceId = await share(ana, folder, { kind: "link" });
  await letKeep(ana, "readable", [collection]);
  await untilCopies(keeper, [first]);
  await writeFile(join(folder, "one.bin"), second);
  await update(ana, collection);
  await untilCopies(keeper, [second]);

  await letKeep(ana, "readable", [collection], { until: 1 });
  await untilCopies(keeper, []);
  expect(keeper.core.states.keepers({}).peek().others).toMatchObject([
    { used: 0 },
  ]);
  expect([...ana.bugs, ...keeper.bugs]).toEqual([]);
}, 60_000);

test("KE8: nobody has somebody else's spaces kept, and a contact who promised nothing keeps nothing", async () => {
  const { ana, people } = shares;
  const eva = await people.add("Eva");
  await people.befriend(ana, eva);
  const bytes = random.bytes(40_000);
  const folder = await shares.folder("source", { "one.bin": bytes });
  const collection = await share(ana, folder, FOR_NOBODY);
  const { person } = ana.core.states
    .contacts({})
    .peek()
    .find(({ name }) => name === "Eva") ?? { person: null };
  if (person === null) throw new Error("no contact");
  const choice = {
    person,
    mode: "readable",
    feeds: false,
    collections: [collection],
    bytes: null,
    until: null,
  } as const;
  await ana.core.handlers.setKeeper(choice);
  await ana.core.handlers.post({
    text: "Later",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  await untilPost(eva, "Later");
  expect(eva.core.states.collections({}).peek()).toEqual([]);
  const me = ana.core.states.me({}).peek()?.person;
  if (me === undefined) throw new Error("nobody");
  await eva.core.handlers.setKeptFor({
    person: me,
    bytes: 1_000_000,
    until: null,
  });
  await untilCopies(eva, [bytes]);
  await eva.core.handlers.setKeptFor({ person: me, bytes: 0, until: null });
  await untilCopies(eva, []);
  expect([...ana.bugs, ...eva.bugs]).toEqual([]);
}, 60_000);
