import { expect, test } from "vitest";
import { parse } from "valibot";
import { inviteIdSchema } from "#core/contract/ids.ts";
import { UNDO_MS } from "#core/contract/limits.ts";
import { inOrder, spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import type { SelfEntry, SelfEntryOf } from "./self-entries.ts";
import { foldSelf } from "./self-state.ts";

const ANA = testPerson("ana");
const BEN = testPerson("ben");
const CLEO = testPerson("cleo");
const INVITE = parse(inviteIdSchema, "y".repeat(52));

function feed(nonce: string, founder = ANA): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "feed",
      founder,
      nonce: nonce.repeat(32),
      audience: "link",
    },
    readKey: Buffer.alloc(32, 1),
  };
}

const conversation: SpaceLink = {
  charter: {
    v: 1,
    kind: "conversation",
    founder: ANA,
    nonce: "0".repeat(32),
    members: inOrder([ANA, BEN]),
  },
  readKey: Buffer.alloc(32, 2),
};

const ben: SelfEntryOf<"contact"> = {
  type: "contact",
  person: BEN,
  name: "Ben",
  metAt: 1,
  conversation,
  feeds: [],
  removed: false,
};

const invite: SelfEntryOf<"invite"> = {
  type: "invite",
  invite: INVITE,
  link: "commonplace:y",
  madeAt: 1,
  expiresAt: 2,
  uses: 3,
  message: "",
};

const nothing = {
  feeds: [],
  holds: new Map(),
  contacts: new Map(),
  invites: new Map(),
  opened: new Map(),
  removedCollections: new Set(),
  keepers: new Map(),
  pledges: new Map(),
  kept: new Map(),
  settings: {
    theme: "system",
    undoMs: UNDO_MS,
    sendHints: true,
    network: "everywhere",
    useHelpers: true,
    beHelper: false,
    getGoingClosed: false,
    wordsSaved: false,
  },
};

test("a self space without entries has the settings an app begins with", () => {
  expect(foldSelf([])).toEqual(nothing);
});

test("feeds stay in the order they were begun: the last of an audience is written to", () => {
  const links = [feed("1"), feed("2"), feed("3")];
  const entries = links.map((link) => ({ type: "feed", link }) as const);
  expect(foldSelf(entries).feeds).toEqual(links);
});

test("what is held can be dropped and held again", () => {
  const link = feed("1", BEN);
  const id = spaceIdOf(link.charter);
  const hold = { type: "hold", link } as const;
  const drop = { type: "drop", space: id } as const;
  expect([...foldSelf([hold]).holds]).toEqual([[id, link]]);
  expect([...foldSelf([hold, drop]).holds]).toEqual([]);
  expect([...foldSelf([hold, drop, hold]).holds]).toEqual([[id, link]]);
});

test("the last word about a contact counts, and a nickname outlives it", () => {
  const entries: SelfEntry[] = [
    { type: "nickname", person: BEN, nickname: "Benny" },
    ben,
    { ...ben, name: "Benjamin", removed: true },
  ];
  expect(foldSelf(entries).contacts).toEqual(
    new Map([
      [BEN, { ...ben, name: "Benjamin", removed: true, nickname: "Benny" }],
    ]),
  );
  const cleared = { type: "nickname", person: BEN, nickname: null } as const;
  expect(foldSelf([...entries, cleared]).contacts.get(BEN)?.nickname).toBe(
    null,
  );
});

test("IN4: takers of an invite are counted once each, in order", () => {
  const taken = (person: typeof BEN) =>
    ({ type: "invite-taken", invite: INVITE, person }) as const;
  const state = foldSelf([invite, taken(CLEO), taken(BEN), taken(CLEO)]);
  expect(state.invites).toEqual(
    new Map([[INVITE, { ...invite, takenBy: [CLEO, BEN], withdrawn: false }]]),
  );
});

test("IN4: a withdrawal can be taken back", () => {
  const mark = (withdrawn: boolean) =>
    ({ type: "invite-withdrawn", invite: INVITE, withdrawn }) as const;
  const after = (...entries: SelfEntry[]) =>
    foldSelf([invite, ...entries]).invites.get(INVITE)?.withdrawn;
  expect([after(), after(mark(true)), after(mark(true), mark(false))]).toEqual([
    false,
    true,
    false,
  ]);
});

test("an opened invite waits until it ended, and waits again when opened anew", () => {
  const opened = {
    type: "opened",
    invite: INVITE,
    link: "commonplace:y",
    openedAt: 1,
  } as const;
  const ended = {
    type: "opened-ended",
    invite: INVITE,
    outcome: "invite-used",
  } as const;
  const outcome = (...entries: SelfEntry[]) =>
    foldSelf(entries).opened.get(INVITE)?.outcome;
  expect(outcome(ended)).toBeUndefined();
  expect(outcome(opened)).toBeNull();
  expect(outcome(opened, ended)).toBe("invite-used");
  expect(outcome(opened, ended, opened)).toBeNull();
});

test("settings keep the last good value; one of another type changes nothing", () => {
  const set = (name: "theme" | "undoMs" | "sendHints" | "network") => {
    return (value: string | number | boolean) =>
      ({ type: "setting", name, value }) as const;
  };
  expect(
    foldSelf([
      set("theme")("dark"),
      set("theme")("pink"),
      set("undoMs")(0),
      set("undoMs")("soon"),
      set("sendHints")(false),
      set("sendHints")(1),
      set("network")("nobody"),
      set("network")(true),
    ]).settings,
  ).toEqual({
    theme: "dark",
    undoMs: 0,
    sendHints: false,
    network: "nobody",
    useHelpers: true,
    beHelper: false,
    getGoingClosed: false,
    wordsSaved: false,
  });
});

test("a collection taken off the list can be put back", () => {
  const collection = spaceIdOf(feed("1").charter);
  const mark = (removed: boolean) =>
    ({ type: "collection-removed", collection, removed }) as const;
  expect([...foldSelf([mark(true)]).removedCollections]).toEqual([collection]);
  expect([...foldSelf([mark(true), mark(false)]).removedCollections]).toEqual(
    [],
  );
});
