import { expect, test } from "vitest";
import { parse } from "valibot";
import { inviteIdSchema } from "#core/contract/ids.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { SelfEntry, SelfEntryOf } from "#core/self/self-entries.ts";
import { foldSelf } from "#core/self/self-state.ts";
import { Self } from "#core/self/self.ts";
import { inOrder } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { decideRequest, welcomed } from "./invite-decision.ts";

const ANA = testPerson("ana");
const BEN = testPerson("ben");
const CLEO = testPerson("cleo");
const INVITE = parse(inviteIdSchema, "y".repeat(52));
const NOW = 1_000_000;

function conversationWith(person: PersonId, nonce = "0"): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "conversation",
      founder: ANA,
      nonce: nonce.repeat(32),
      members: inOrder([ANA, person]),
    },
    readKey: Buffer.alloc(32, 1),
  };
}

const invite: SelfEntryOf<"invite"> = {
  type: "invite",
  invite: INVITE,
  link: "commonplace:y",
  madeAt: 0,
  expiresAt: NOW + 1,
  uses: 1,
  message: "",
};

function taken(person: PersonId): SelfEntryOf<"invite-taken"> {
  return { type: "invite-taken", invite: INVITE, person };
}

function contact(person: PersonId, removed = false): SelfEntryOf<"contact"> {
  return {
    type: "contact",
    person,
    name: "Name",
    metAt: 1,
    conversation: conversationWith(person, "1"),
    feeds: [],
    removed,
  };
}

function input(person: PersonId, isApproved = false) {
  return {
    person,
    request: { invite: INVITE, name: "Name", message: "Hello" },
    now: NOW,
    isApproved,
    newConversation: () => conversationWith(person),
  };
}

/** What is answered to a person after these self entries. */
function answer(
  entries: readonly SelfEntry[],
  person: PersonId,
  isApproved = false,
) {
  const decided = decideRequest(foldSelf(entries), input(person, isApproved));
  const { kind } = decided.result;
  const reason =
    decided.result.kind === "refused" ? decided.result.reason : null;
  return { kind, reason, writes: decided.entries.map(({ type }) => type) };
}

const refused = (reason: string) => ({ kind: "refused", reason, writes: [] });
const welcome = {
  kind: "welcome",
  reason: null,
  writes: ["invite-taken", "contact"],
};
const silent = { reason: null, writes: [] };

test("IN4: a good invite welcomes, and everything is written before the answer", () => {
  const decided = decideRequest(foldSelf([invite]), input(BEN));
  const conversation = conversationWith(BEN);
  expect(decided).toEqual({
    entries: [
      taken(BEN),
      { ...contact(BEN), name: "Name", metAt: NOW, conversation },
    ],
    result: { kind: "welcome", conversation },
  });
});

test("IN4: an invite that is spent, out of time, taken back or not mine welcomes nobody", () => {
  const old = { ...invite, expiresAt: NOW };
  const withdrawn = {
    type: "invite-withdrawn",
    invite: INVITE,
    withdrawn: true,
  } as const;
  expect(answer([], BEN)).toEqual({ kind: "foreign", ...silent });
  expect(answer([old], BEN)).toEqual(refused("invite-expired"));
  expect(answer([invite, withdrawn], BEN)).toEqual(refused("invite-withdrawn"));
  expect(answer([invite, taken(CLEO)], BEN)).toEqual(refused("invite-used"));
  expect(
    answer([invite, withdrawn, { ...withdrawn, withdrawn: false }], BEN),
  ).toEqual(welcome);
});

test("IN4: whoever was welcomed and heard nothing is welcomed again, into the same conversation", () => {
  const entries = [{ ...invite, expiresAt: NOW }, taken(BEN), contact(BEN)];
  const decided = decideRequest(foldSelf(entries), input(BEN));
  expect(decided).toEqual({
    entries: [],
    result: { kind: "welcome", conversation: conversationWith(BEN, "1") },
  });
});

test("IN4: a removed contact does not come back by the old invite, but by a new one", () => {
  const removed = contact(BEN, true);
  expect(answer([invite, taken(BEN), removed], BEN)).toEqual(
    refused("invite-used"),
  );
  const decided = decideRequest(foldSelf([invite, removed]), input(BEN));
  expect(decided.result).toEqual({
    kind: "welcome",
    conversation: removed.conversation,
  });
});

test("IN4: an invite for several waits for my yes, and has room for as many as it says", () => {
  const several = { ...invite, uses: 2 };
  expect(answer([several], BEN)).toEqual({ kind: "asked", ...silent });
  expect(answer([several], BEN, true)).toEqual(welcome);
  expect(answer([several, taken(CLEO)], BEN, true)).toEqual(welcome);
  expect(answer([several, taken(CLEO), taken(ANA)], BEN, true)).toEqual(
    refused("invite-used"),
  );
});

test("IN3: of two conversations founded at the same time both keep the same one", () => {
  const [one, other] = ["2", "3"].map((it) => conversationWith(BEN, it));
  if (one === undefined || other === undefined) throw new Error("no links");
  const kept = (known: SpaceLink, conversation: SpaceLink, removed = false) => {
    const state = foldSelf([{ ...contact(BEN, removed), conversation: known }]);
    const [entry] = welcomed(state, {
      invite: INVITE,
      person: BEN,
      name: "Ben",
      conversation,
      now: NOW,
    });
    return entry?.type === "contact" ? entry.conversation : null;
  };
  expect(kept(one, other)).toEqual(kept(other, one));
  expect([one, other]).toContainEqual(kept(one, other));
  // Whoever was removed may be met anew in another conversation.
  expect(kept(one, other, true)).toEqual(other);
  expect(kept(other, one, true)).toEqual(one);
});

test.each([
  [1, 1],
  [3, 3],
])(
  "IN4: of 1,000 who take an invite for %i at once, exactly %i win, also after a restart",
  async (uses, winners) => {
    const device = await openSpaceDevice("ana");
    const { spaces, identity, time, folder } = device;
    const self = await Self.open(spaces, identity, time);
    await self.append({ ...invite, uses });
    const people = Array.from({ length: 1000 }, (_, number) =>
      testPerson(`taker ${String(number)}`),
    );
    const results = await Promise.all(
      people.map((person) =>
        self.decide((state) => decideRequest(state, input(person, true))),
      ),
    );
    const won = people.filter((_, at) => results[at]?.kind === "welcome");
    expect(won).toHaveLength(winners);
    expect(results.filter(({ kind }) => kind === "refused")).toHaveLength(
      1000 - winners,
    );
    await device.close();
    const again = await openSpaceDevice("ana", { folder });
    const read = await Self.open(again.spaces, again.identity, again.time);
    expect(read.state.peek().invites.get(INVITE)?.takenBy).toEqual(won);
    expect([...read.state.peek().contacts.keys()]).toEqual(won);
  },
);
