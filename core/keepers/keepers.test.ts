import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addKeeper, inviteOf, untilKeeper } from "#core/testing/keepers.ts";
import { untilPost } from "#core/testing/people.ts";
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
  await untilKeeper(ana, (one) => (one.pledge?.used ?? 0) > 0);
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
  const large = randomBytes(700_000);
  const folder = await shares.folder("source", {
    "words.txt": "a secret song",
    "empty.txt": "",
    "deep/large.bin": large,
  });
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  const [mine] = ana.core.states.keepers({}).peek().mine;
  if (mine === undefined) throw new Error("no keeper");
  await ana.core.handlers.setKeeper({
    person: mine.person,
    mode: "blind",
    feeds: true,
    collections: [collection],
    bytes: null,
    until: null,
  });
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
