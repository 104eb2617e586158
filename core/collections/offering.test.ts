import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "valibot";
import { personIdSchema } from "#core/contract/ids.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { SeenOffer } from "#core/feeds/model.ts";
import { FEED_MIGRATION } from "#core/feeds/feed-tables.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { Database } from "#core/storage/database.ts";
import { testSpace } from "#core/testing/files-device.ts";
import { isOffered, offeredLinks } from "./offering.ts";

const person = (name: string): PersonId =>
  parse(personIdSchema, testSpace(name));
const me = person("me");
const ana = person("ana");
const ben = person("ben");

let index: Database;
beforeEach(() => {
  index = new Database(":memory:", {
    durable: false,
    migrations: [FEED_MIGRATION],
  });
});
afterEach(() => index.close());

function collectionOf(founder: PersonId): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "collection",
      policy: "closed",
      founder,
      nonce: "00".repeat(16),
    },
    readKey: Buffer.alloc(32),
  };
}

function offer(by: PersonId, link: SpaceLink): SeenOffer {
  return { space: testSpace("feed"), person: by, link, offered: true };
}

test("a person offers collections of their own, and nobody else's", () => {
  const feed: SpaceLink = {
    charter: {
      v: 1,
      kind: "feed",
      audience: "link",
      founder: ana,
      nonce: "00".repeat(16),
    },
    readKey: Buffer.alloc(32),
  };
  const links = offeredLinks(
    [
      offer(ana, collectionOf(ana)),
      offer(ana, collectionOf(ana)),
      offer(ben, collectionOf(ana)),
      offer(ben, collectionOf(person("cem"))),
      offer(ana, feed),
      offer(me, collectionOf(me)),
    ],
    me,
  );
  expect([...links.keys()]).toEqual([spaceIdOf(collectionOf(ana).charter)]);
});

test("a collection is offered as long as one of its offers stands", () => {
  const collection = testSpace("collection");
  const note = (space: string, offered: number): void => {
    index.run(
      `INSERT OR REPLACE INTO offers
         (space, collection, person, audience, title, offered)
       VALUES (?, ?, ?, 'contacts', 'Songs', ?)`,
      [testSpace(space), collection, ana, offered],
    );
  };
  expect(isOffered(index, collection)).toBe(false);
  note("old feed", 1);
  note("new feed", 1);
  note("old feed", 0);
  expect(isOffered(index, collection)).toBe(true);
  note("new feed", 0);
  expect(isOffered(index, collection)).toBe(false);
});
