import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "valibot";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { createState } from "#core/base/state.ts";
import { Self } from "#core/self/self.ts";
import { inOrder, spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { openLocal } from "#core/storage/databases.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { ContactCards } from "./contact-cards.ts";
import { Helpers } from "./helpers.ts";
import { cardSchema } from "./contact-messages.ts";
import type { Card } from "./contact-messages.ts";
import { ENCOUNTERS_MIGRATION, Encounters } from "./encounters.ts";

const BEN = testPerson("ben");

function feedOf(
  founder: PersonId,
  number: number,
  audience: "contacts" | "link" = "contacts",
): SpaceLink {
  const nonce = number.toString(16).padStart(32, "0");
  return {
    charter: { v: 1, kind: "feed", founder, nonce, audience },
    readKey: Buffer.alloc(32, 1),
  };
}

/** Ana's cards for Ben, who is at the other end of a line. */
async function cardsForBen() {
  const ana = await openSpaceDevice("ana");
  const self = await Self.open(ana.spaces, ana.identity, ana.time);
  const local = openLocal(join(ana.folder, "met.db"), [ENCOUNTERS_MIGRATION]);
  onTestFinished(() => local.close());
  const me = ana.identity.person;
  const conversation: SpaceLink = {
    charter: {
      v: 1,
      kind: "conversation",
      founder: me,
      nonce: "0".repeat(32),
      members: inOrder([me, BEN]),
    },
    readKey: Buffer.alloc(32, 2),
  };
  await self.append({
    type: "contact",
    person: BEN,
    name: "Ben",
    metAt: 1,
    conversation,
    feeds: [],
    removed: false,
  });
  const id = spaceIdOf(conversation.charter);
  const [session, other] = await createSessionPair([]);
  onTestFinished(() => {
    session.line.close();
    other.line.close();
  });
  const sent: Card[] = [];
  const line = {
    session,
    request: () => undefined,
    answer: () => undefined,
    // What the other end would make of it.
    card: (message: unknown) => {
      sent.push(parse(cardSchema, JSON.parse(JSON.stringify(message))));
    },
  };
  const cards = new ContactCards({
    self,
    encounters: new Encounters(local),
    ownName: () => "Ana",
    addresses: () => [{ host: "192.168.0.7", port: 1 }],
    helperKey: createState<Buffer | null>(null),
    helpers: new Helpers(),
    onHelpers: () => undefined,
  });
  const meet = (common: readonly SpaceId[] = [id]) => {
    session.person.set(BEN);
    session.common.set(new Set(common));
  };
  return { me, self, cards, line, sent, meet, id };
}

test("IN2: a card goes to a proved contact in a conversation in common, once while it is the same", async () => {
  const { me, self, cards, line, sent, meet } = await cardsForBen();
  const feed = feedOf(me, 1);
  await self.append({ type: "feed", link: feed });
  cards.send(line);
  meet([]);
  cards.send(line);
  line.session.person.set(testPerson("a stranger"));
  cards.send(line);
  expect(sent).toEqual([]);
  meet();
  cards.send(line);
  cards.send(line);
  expect(sent).toEqual([
    {
      name: "Ana",
      feeds: [feed],
      addresses: [{ host: "192.168.0.7", port: 1 }],
      helper: null,
    },
  ]);
});

test("SP8: however many chapters there were, a card names the open feed and the last ones", async () => {
  const { me, self, cards, line, sent, meet } = await cardsForBen();
  const open = feedOf(me, 1000, "link");
  const chapters = Array.from({ length: 100 }, (_, at) => feedOf(me, at));
  const [first, ...later] = chapters;
  if (first === undefined) throw new Error("no chapters");
  for (const link of [first, open, ...later])
    await self.append({ type: "feed", link });
  meet();
  cards.send(line);
  expect(sent.map(({ feeds }) => feeds)).toEqual([
    [open, ...chapters.slice(-63)],
  ]);
});

test("SP8: chapters that were named once are kept; feeds of others never are", async () => {
  const { me, self, cards } = await cardsForBen();
  const card = (...feeds: readonly SpaceLink[]) => ({
    name: "Ben",
    feeds: [...feeds],
    addresses: [],
  });
  const [one, two] = [feedOf(BEN, 1), feedOf(BEN, 2)];
  await cards.receive(
    BEN,
    card(one, feedOf(me, 3), feedOf(testPerson("c"), 4)),
  );
  const news = await cards.receive(BEN, card(two));
  expect(news?.feeds).toEqual([one, two]);
  expect(await cards.receive(BEN, card(two, one))).toBeNull();
  expect(self.state.peek().contacts.get(BEN)?.feeds).toEqual([one, two]);
});

test("LI1: a contact who names feeds without end fills nothing", async () => {
  const { self, cards } = await cardsForBen();
  for (let round = 0; round < 8; round++)
    await cards.receive(BEN, {
      name: "x".repeat(400),
      feeds: Array.from({ length: 64 }, (_, at) =>
        feedOf(BEN, round * 64 + at),
      ),
      addresses: [],
    });
  expect(self.state.peek().contacts.get(BEN)?.feeds).toHaveLength(256);
});

test("a card from somebody who is no contact, or no more, changes nothing", async () => {
  const { self, cards } = await cardsForBen();
  const card = { name: "Eve", feeds: [feedOf(BEN, 1)], addresses: [] };
  expect(await cards.receive(testPerson("eve"), card)).toBeNull();
  const ben = self.state.peek().contacts.get(BEN);
  if (ben === undefined) throw new Error("no contact");
  const { nickname: _, ...entry } = ben;
  await self.append({ ...entry, removed: true });
  expect(await cards.receive(BEN, card)).toBeNull();
  expect(self.state.peek().contacts.get(BEN)?.name).toBe("Ben");
});
