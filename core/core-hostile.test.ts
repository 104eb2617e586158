import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { EntryRef } from "#core/contract/ids.ts";
import { entryPlace, entryRef } from "#core/contract/ids.ts";
import { LINE_FAULTS, MESSAGE_BYTES } from "#core/contract/limits.ts";
import {
  ANSWER,
  CARD,
  CONTACT_PROTOCOL,
  REQUEST,
} from "#core/contacts/contact-messages.ts";
import {
  decodeLink,
  feedOf as feedOfLink,
  inviteKeys,
} from "#core/contacts/link.ts";
import { newPairConversation } from "#core/contacts/pair-conversation.ts";
import { writeSpaceLink } from "#core/spaces/charter.ts";
import {
  MEET_PROTOCOL,
  PROOF,
  TAGS,
  padTags,
  writeProof,
} from "#core/spaces/meet-messages.ts";
import { tagOf, topicsAt } from "#core/spaces/topics.ts";
import { castOfContacts, post, textsOf } from "#core/testing/cast.ts";
import type { Cast } from "#core/testing/cast.ts";
import { createLiar } from "#core/testing/liar.ts";
import type { LiarLine } from "#core/testing/liar.ts";
import { openFolder } from "#core/testing/opened-folder.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { until, untilTrue } from "#core/testing/until.ts";

/** An invite of Ana's that fell into the wrong hands. */
async function leaked(cast: Cast, uses = 50) {
  const { link } = await cast.of("Ana").core.handlers.createInvite({
    lifeMs: 60 * 60 * 1000,
    uses,
    message: "",
  });
  const decoded = decodeLink(link);
  if (decoded.kind !== "invite") throw new Error("not an invite");
  return { ...inviteKeys(decoded.seed), link: decoded };
}

type Leaked = Awaited<ReturnType<typeof leaked>>;

function meetOn(cast: Cast, name: string, { readKey }: Leaked) {
  // Alone with Ana: the others go on with her as before.
  return createLiar(cast.hub, name).meet(
    topicsAt(readKey, systemClock.now()).today,
  );
}

/** Speaks the meet protocol up to where the invite is common, in the name of a stranger. */
async function introduced(
  { line, speak }: LiarLine,
  { readKey }: Leaked,
  name: string | null,
) {
  const { handshakeHash, isInitiator } = line;
  const meet = speak(MEET_PROTOCOL, 4);
  const contact = speak(CONTACT_PROTOCOL, 3);
  const tag = tagOf(readKey, handshakeHash, isInitiator);
  const tags = padTags([tag], seededRandom("liar")).toString("base64");
  meet.json(TAGS, { tags });
  if (name !== null) {
    const identity = await testIdentity(name);
    meet.json(PROOF, writeProof(identity, handshakeHash, isInitiator));
  }
  await untilTrue(() => meet.heard.some(([kind]) => kind === PROOF));
  return { meet, contact };
}

/** Ana and Ben go on as if nothing had been. */
async function unharmed(cast: Cast, text: string): Promise<void> {
  await post(cast.of("Ana"), text);
  await untilPost(cast.of("Ben"), text);
  await post(cast.of("Ben"), `${text}, heard`);
  await untilPost(cast.of("Ana"), `${text}, heard`);
  const contacts = cast.of("Ana").core.states.contacts({}).peek();
  expect(contacts.map(({ name }) => name)).toEqual(["Ben"]);
}

test("HO1: garbage on a line ends that line, and nobody else notices", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  const random = seededRandom("garbage");
  for (let round = 0; round < 10; round++) {
    const { line } = await meetOn(cast, `Liar ${String(round)}`, invite);
    for (let frame = 0; frame < 20; frame++)
      line.stream.write(random.bytes(1 + random.below(2000)));
    line.stream.end();
    await line.closed;
  }
  await unharmed(cast, "after garbage");
});

test("HO1, HO2: messages too large, of the wrong shape or out of place are counted, and 64 end the line", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  const liar = await meetOn(cast, "Liar", invite);
  const { contact } = await introduced(liar, invite, "eve");
  const request = { invite: invite.invite, name: "Eve", message: "" };
  const wrong: readonly (readonly [number, Buffer])[] = [
    [REQUEST, Buffer.alloc(MESSAGE_BYTES + 1, 32)],
    [REQUEST, Buffer.from("{")],
    [REQUEST, Buffer.from(JSON.stringify({ ...request, more: 1 }))],
    [
      REQUEST,
      Buffer.from(JSON.stringify({ ...request, name: "x".repeat(401) })),
    ],
    [ANSWER, Buffer.from('{"outcome":"welcome"}')],
    [CARD, Buffer.from('{"name":"Eve","feeds":{},"addresses":[]}')],
    [
      CARD,
      Buffer.from(
        JSON.stringify({
          name: "Eve",
          feeds: [],
          addresses: [{ host: "example.org", port: 1 }],
        }),
      ),
    ],
  ];
  for (let sent = 0; sent < LINE_FAULTS; sent++) {
    const [kind, bytes] = wrong[sent % wrong.length] ?? [0, Buffer.alloc(0)];
    contact.send(kind, bytes);
  }
  await liar.line.closed;
  const { made } = cast.of("Ana").core.states.invites({}).peek();
  expect(made.flatMap(({ requests }) => requests)).toEqual([]);
  await unharmed(cast, "after nonsense");
});

test("IN2, HO2: nothing is told to somebody who did not prove who they are", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  const liar = await meetOn(cast, "Liar", invite);
  const { contact } = await introduced(liar, invite, null);
  for (let sent = 0; sent < LINE_FAULTS; sent++)
    contact.json(REQUEST, { invite: invite.invite, name: "Eve", message: "" });
  await liar.line.closed;
  expect(contact.heard).toEqual([]);
  const { made } = cast.of("Ana").core.states.invites({}).peek();
  expect(made.flatMap(({ requests }) => requests)).toEqual([]);
});

test("IN2: invites that are not common on a line are not answered there", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const known = await leaked(cast);
  const other = await leaked(cast, 1);
  const liar = await meetOn(cast, "Liar", known);
  const { contact } = await introduced(liar, known, "eve");
  // The id alone shows nothing: whoever has the link has its key.
  for (let sent = 0; sent < LINE_FAULTS; sent++)
    contact.json(REQUEST, { invite: other.invite, name: "Eve", message: "" });
  await liar.line.closed;
  expect(contact.heard).toEqual([]);
  await unharmed(cast, "after guessing");
});

test("LI1: an invite is tried ten times a minute on a line, and no more", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  const liar = await meetOn(cast, "Liar", invite);
  const { contact } = await introduced(liar, invite, "eve");
  for (let sent = 0; sent < 10 + LINE_FAULTS; sent++)
    contact.json(REQUEST, { invite: invite.invite, name: "Eve", message: "" });
  await liar.line.closed;
  expect(contact.heard.length).toBeLessThanOrEqual(10);
  // What came before the end is still being decided when the line is gone.
  const { made } = await until(
    cast.of("Ana").core.states.invites({}),
    (invites) => invites.made.some(({ requests }) => requests.length > 0),
  );
  expect(made.flatMap(({ requests }) => requests)).toHaveLength(1);
});

test("IN2: an answer that I did not ask of this person makes nobody a contact", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  // Ana waits for Cleo, who is away; a stranger answers in her place.
  const cleo = await cast.add("Cleo");
  const fromCleo = await cleo.core.handlers.createInvite({
    lifeMs: 60_000,
    uses: 1,
    message: "",
  });
  cast.hub.unplug("Cleo");
  await cast.of("Ana").core.handlers.openLink({ link: fromCleo.link });
  const eve = await testIdentity("eve");
  const liar = await meetOn(cast, "Liar", invite);
  const { contact } = await introduced(liar, invite, "eve");
  const me = cast.of("Ana").core.states.me({}).peek()?.person;
  if (me === undefined) throw new Error("nobody");
  const conversation = newPairConversation(eve.person, me, seededRandom("eve"));
  for (const invited of [fromCleo.invite, invite.invite])
    contact.json(ANSWER, {
      outcome: "welcome",
      invite: invited,
      conversation: writeSpaceLink(conversation),
    });
  contact.json(CARD, {
    name: "Ben",
    feeds: [writeSpaceLink(feedOfLink(invite.link))],
    addresses: [{ host: "203.0.113.1", port: 9 }],
  });
  await unharmed(cast, "after a false answer");
  const { opened } = cast.of("Ana").core.states.invites({}).peek();
  expect(opened.map(({ state }) => state)).toEqual([{ stage: "waiting" }]);
});

test("LI1: a hundred thousand channels that nobody knows cost neither memory nor the line of others", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const invite = await leaked(cast);
  const { mux, line } = await meetOn(cast, "Liar", invite);
  global.gc?.();
  const before = process.memoryUsage().rss;
  for (let number = 0; number < 100_000; number++)
    mux
      .createChannel({ protocol: `unknown/${String(number)}`, messages: [] })
      ?.open();
  await unharmed(cast, "during the flood");
  line.close();
  await line.closed;
  // Both ends of the flood live in this process.
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
});

/** Mallory is a contact of Ana's, and writes into the log what no app would. */
async function fromMallory(
  write: (post: EntryRef, next: EntryRef) => readonly Record<string, unknown>[],
) {
  const cast = await castOfContacts("Ana", "Mallory");
  const [ana, mallory] = [cast.of("Ana"), cast.of("Mallory")];
  await post(ana, "what Ana said");
  const { ref } = await untilPost(mallory, "what Ana said");
  await post(mallory, "first");
  const { ref: first } = await untilPost(ana, "first");
  await mallory.close();
  const folder = await openFolder(mallory.dataFolder);
  const link = folder.self.state
    .peek()
    .feeds.find(
      ({ charter }) =>
        charter.kind === "feed" && charter.audience === "contacts",
    );
  if (link === undefined) throw new Error("no feed");
  const space = await folder.spaces.hold(link);
  const { log, block } = entryPlace(first);
  const entries = write(ref, entryRef(log, block + 1, 0));
  for (const { type, ...rest } of entries)
    await folder.spaces.append(space.id, [{ type: String(type), ...rest }]);
  await folder.close();
  await post(await cast.restart("Mallory"), "last");
  await untilPost(ana, "last");
  return { cast, ana, ref };
}

const plain = { id: "x", attachments: [], replyTo: null };

test("EN5, HO1: no contact changes what I wrote, or speaks in another's name", async () => {
  const { ana, ref } = await fromMallory((post) => [
    { type: "edit", post, text: "what Ana never said", replaces: [post] },
    { type: "withdraw", post },
    { type: "react", post, emoji: "👍", on: true, person: testPerson("ben") },
    { type: "profile", name: "Ana", about: "", picture: null, person: post },
  ]);
  const thread = ana.core.states.thread({ post: ref }).peek();
  expect(thread?.post).toMatchObject({
    text: "what Ana said",
    edits: 0,
    withdrawnAt: null,
    author: { isMe: true, name: "Ana" },
  });
  expect(
    thread?.post.reactions.map(({ people, mine }) => [people.length, mine]),
  ).toEqual([[1, false]]);
});

test("HO1: posts that answer themselves or each other go round in no circle", async () => {
  const { ana } = await fromMallory((_, next) => {
    const { log, block } = entryPlace(next);
    return [
      { ...plain, type: "post", text: "me", replyTo: next },
      {
        ...plain,
        type: "post",
        text: "a",
        replyTo: entryRef(log, block + 2, 0),
      },
      {
        ...plain,
        type: "post",
        text: "b",
        replyTo: entryRef(log, block + 1, 0),
      },
    ];
  });
  const [last] = feedOf(ana).peek().items;
  if (last === undefined) throw new Error("no post");
  const { log, block } = entryPlace(last.ref);
  const threads = [4, 3, 2].map((back) =>
    ana.core.states.thread({ post: entryRef(log, block - back + 1, 0) }).peek(),
  );
  const shown = threads.map((thread) => [
    thread?.post.text,
    thread?.parent?.text,
    textsOf(thread?.replies ?? []),
  ]);
  expect(shown).toEqual([
    ["me", undefined, []],
    ["a", "b", ["b"]],
    ["b", "a", ["a"]],
  ]);
});

test("HO1, EN1: strange entries are passed over, and what comes after them is shown", async () => {
  const deep: unknown = JSON.parse("[".repeat(900) + "]".repeat(900));
  const { ana, cast } = await fromMallory((post) => [
    { type: "poll", question: "unknown to this version" },
    { type: "post", text: "no id" },
    { ...plain, type: "post", text: "x".repeat(40_000) },
    { ...plain, type: "post", text: "nul \0 and half \ud800" },
    { ...plain, type: "post", text: "deep", more: deep },
    { ...plain, type: "post", text: "proto", ["__proto__"]: { admin: true } },
    { type: "react", post, emoji: "x".repeat(33), on: true },
    { type: "react", post: "nowhere", emoji: "👍", on: true },
    {
      type: "profile",
      name: "y".repeat(400),
      about: "",
      picture: {
        name: "p",
        alt: "",
        size: 1,
        changedAt: 1e300,
        mediaType: "image/png",
        chunkSize: 262_144,
        root: "y".repeat(52),
      },
    },
  ]);
  expect(textsOf(feedOf(ana).peek().items)).toEqual([
    "last",
    "proto",
    "deep",
    "nul \ufffd and half \ufffd",
    "first",
    "what Ana said",
  ]);
  expect(ana.core.states.contacts({}).peek()[0]?.ownName).toBe("Mallory");
  const again = await cast.restart("Ana");
  await until(feedOf(again), ({ total }) => total === 6);
});
