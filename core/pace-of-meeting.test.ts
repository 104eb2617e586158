import { expect, test } from "vitest";
import type { PersonId } from "#core/contract/ids.ts";
import { createState } from "#core/base/state.ts";
import { inOrder, type Charter } from "#core/spaces/charter.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { paceOf, type MeetingMemory } from "./pace-of-meeting.ts";

const [ME, BEN, EVE] = ["me", "ben", "eve"].map(testPerson);
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 100 * DAY_MS;

if (ME === undefined || BEN === undefined || EVE === undefined)
  throw new Error("nobody");

const base = { v: 1, nonce: "0".repeat(32) } as const;

function feed(founder: PersonId, audience: "link" | "contacts"): Charter {
  return { ...base, kind: "feed", founder, audience };
}

const conversation: Charter = {
  ...base,
  kind: "conversation",
  founder: ME,
  members: inOrder([ME, BEN]),
};

/** Ben became a contact ten days ago; Eve is none. */
function pace(
  charter: Charter,
  { here = [], ...memory }: Partial<MeetingMemory> & { here?: PersonId[] } = {},
) {
  const sessions = here.map((person) => ({ person: createState(person) }));
  return paceOf({ charter }, sessions, {
    me: ME ?? testPerson("me"),
    metAt: (person) => (person === BEN ? NOW - 10 * DAY_MS : null),
    seenAt: () => null,
    now: NOW,
    ...memory,
  });
}

test("ME10: two contacts meet on their conversation at any time, after two weeks without each other within the hour", () => {
  expect(pace(conversation)).toBe("always");
  const now = NOW + 5 * DAY_MS;
  expect(pace(conversation, { now })).toBe("rarely");
  expect(pace(conversation, { now, seenAt: () => NOW })).toBe("always");
});

test("ME5, ME10: who holds a contact's feeds is met on the open one, at any time only while that contact is away", () => {
  expect(pace(feed(BEN, "link"))).toBe("always");
  expect(pace(feed(BEN, "link"), { here: [BEN] })).toBe("rarely");
  expect(pace(feed(BEN, "link"), { here: [EVE] })).toBe("always");
  expect(pace(feed(BEN, "contacts"))).toBe("never");
});

test("ME10: I am found on my own open feed at any time, and so is whoever I only follow", () => {
  expect(pace(feed(ME, "link"))).toBe("always");
  expect(pace(feed(ME, "contacts"))).toBe("never");
  expect(pace(feed(EVE, "link"), { now: NOW + 1000 * DAY_MS })).toBe("always");
  expect(pace(feed(EVE, "contacts"))).toBe("always");
});

test("ME10: collections are met on at any time, the self space never", () => {
  const collection = { ...base, kind: "collection", policy: "closed" } as const;
  expect(pace({ ...collection, founder: EVE })).toBe("always");
  expect(pace({ ...base, kind: "self", founder: ME })).toBe("never");
});
