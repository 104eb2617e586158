import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PersonId } from "#core/contract/ids.ts";
import { PICTURE_BYTES } from "#core/contract/limits.ts";
import {
  castOfContacts,
  emptyCast,
  post,
  textsOf,
} from "#core/testing/cast.ts";
import type { Cast } from "#core/testing/cast.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

function idOf({ core }: TestPerson): PersonId {
  const me = core.states.me({}).peek();
  if (me === null) throw new Error("nobody");
  return me.person;
}

function contactsOf({ core }: TestPerson) {
  return core.states.contacts({});
}

function namesOf(person: TestPerson): readonly string[] {
  return contactsOf(person)
    .peek()
    .map(({ name }) => name);
}

async function invite({ core }: TestPerson, uses = 1) {
  const hour = 60 * 60 * 1000;
  return await core.handlers.createInvite({ lifeMs: hour, uses, message: "" });
}

/** Waits until both are connected: each proved who they are to the other. */
async function untilConnected(cast: Cast, a: string, b: string): Promise<void> {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    await until(contactsOf(cast.of(one)), (contacts) =>
      contacts.some(
        ({ ownName, presence }) =>
          ownName === other && presence.stage === "connected",
      ),
    );
}

test("a nickname shows everywhere here, and nowhere else", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  await post(ana, "hello");
  await untilPost(ben, "hello");
  const person = idOf(ana);
  await ben.core.handlers.setNickname({ person, nickname: "  Auntie " });
  expect(contactsOf(ben).peek()).toMatchObject([
    { name: "Auntie", nickname: "Auntie", ownName: "Ana" },
  ]);
  expect(feedOf(ben).peek().items[0]?.author.name).toBe("Auntie");
  expect(feedOf(ana).peek().items[0]?.author.name).toBe("Ana");
  const again = await cast.restart("Ben");
  expect(namesOf(again)).toEqual(["Auntie"]);
  await again.core.handlers.setNickname({ person, nickname: null });
  expect(namesOf(again)).toEqual(["Ana"]);
});

test("a new name and about arrive at contacts", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const { core } = cast.of("Ana");
  await core.handlers.setProfile({
    name: "  Ana Maria ",
    about: "gardens",
    picture: { kind: "keep" },
  });
  await until(
    contactsOf(cast.of("Ben")),
    ([contact]) => contact?.ownName === "Ana Maria",
  );
  const person = cast
    .of("Ben")
    .core.states.person({ person: idOf(cast.of("Ana")), first: 0, count: 1 });
  await until(person, (page) => page?.about === "gardens");
  expect(core.states.me({}).peek()).toMatchObject({
    name: "Ana Maria",
    about: "gardens",
    isMe: true,
  });
  await expect(
    core.handlers.setProfile({
      name: " ",
      about: "",
      picture: { kind: "keep" },
    }),
  ).rejects.toMatchObject({ code: "name-empty" });
});

test("a picture of oneself arrives at contacts; what is none, or too large, is refused", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const { core, dataFolder } = cast.of("Ana");
  async function setPicture(name: string, bytes: Buffer): Promise<void> {
    const path = join(dataFolder, name);
    await writeFile(path, bytes);
    const { grant } = await core.grants.add(path);
    await core.handlers.setProfile({
      name: "Ana",
      about: "",
      picture: { kind: "set", grant },
    });
  }
  const start = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  await setPicture("me.png", Buffer.concat([start, Buffer.alloc(64)]));
  const own = core.states.me({}).peek()?.picture;
  expect(own).toMatchObject({ name: "me.png", mediaType: "image/png" });
  const [seen] = await until(
    contactsOf(cast.of("Ben")),
    ([it]) => it?.picture !== null,
  );
  expect(seen?.picture).toEqual(own);
  await expect(
    setPicture("me.txt", Buffer.from("words")),
  ).rejects.toMatchObject({ code: "picture-unsupported" });
  await expect(
    setPicture("big.png", Buffer.concat([start, Buffer.alloc(PICTURE_BYTES)])),
  ).rejects.toMatchObject({ code: "file-large" });
  expect(core.states.me({}).peek()?.picture).toEqual(own);
  await core.handlers.setProfile({
    name: "Ana",
    about: "",
    picture: { kind: "remove" },
  });
  await until(contactsOf(cast.of("Ben")), ([it]) => it?.picture === null);
});

test("whoever was met shows as connected, then as seen", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  await untilConnected(cast, "Ana", "Ben");
  cast.hub.unplug("Ben");
  const [contact] = await until(
    contactsOf(cast.of("Ana")),
    ([it]) => it?.presence.stage === "seen",
  );
  expect(contact?.name).toBe("Ben");
});

test("SP8: who was removed reads nothing that is posted to contacts from then on", async () => {
  const cast = await castOfContacts("Ana", "Ben", "Cleo");
  const [ana, ben, cleo] = ["Ana", "Ben", "Cleo"].map((it) => cast.of(it));
  if (!ana || !ben || !cleo) throw new Error("somebody is missing");
  await post(ana, "before");
  await untilPost(ben, "before");
  await untilPost(cleo, "before");
  const person = idOf(ben);
  await ana.core.handlers.removeContact({ person, removed: true });
  expect(namesOf(ana)).toEqual(["Cleo"]);
  await post(ana, "secret");
  await untilPost(cleo, "secret");
  await post(ana, "open", { audience: "link" });
  await post(cleo, "and I heard all of it");
  await untilPost(ben, "and I heard all of it");
  await untilPost(ben, "open");
  expect(textsOf(feedOf(ben).peek().items)).toEqual([
    "and I heard all of it",
    "open",
    "before",
  ]);
});

test("posts of a removed contact are not shown and do not count as unread", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  await post(ben, "from Ben");
  const { ref } = await untilPost(ana, "from Ben");
  await post(ana, "mine");
  const mine = await untilPost(ben, "mine");
  await post(ben, "an answer", { replyTo: mine.ref });
  const thread = ana.core.states.thread({ post: mine.ref });
  await until(thread, (it) => it?.replies.length === 1);
  const person = idOf(ben);
  await ana.core.handlers.removeContact({ person, removed: true });
  const feed = feedOf(ana).peek();
  expect([textsOf(feed.items), feed.unread, feed.total]).toEqual([
    ["mine"],
    0,
    1,
  ]);
  expect(thread.peek()).toMatchObject({ replies: [], post: { replyCount: 0 } });
  await ana.core.handlers.removeContact({ person, removed: false });
  expect(textsOf(feedOf(ana).peek().items)).toEqual(["mine", "from Ben"]);
  expect(feedOf(ana).peek().unread).toBe(1);
  expect(ana.core.states.thread({ post: ref }).peek()?.post.text).toBe(
    "from Ben",
  );
  await until(thread, (it) => it?.replies.length === 1);
});

test("taking back a removal brings everything back, also what was posted meanwhile", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  const person = idOf(ben);
  await ana.core.handlers.removeContact({ person, removed: true });
  await post(ana, "while removed");
  await post(ben, "from Ben meanwhile");
  await ana.core.handlers.removeContact({ person, removed: false });
  await untilPost(ana, "from Ben meanwhile");
  await untilPost(ben, "while removed");
  await post(ana, "after");
  await untilPost(ben, "after");
  await untilConnected(cast, "Ana", "Ben");
});

test("taking back a removal goes on at once with lines that stayed up", async () => {
  const cast = await castOfContacts("Ana", "Ben", "Cleo");
  cast.hub.cut("Ana", "Ben");
  const person = idOf(cast.of("Ben"));
  const { handlers } = cast.of("Ana").core;
  await handlers.removeContact({ person, removed: true });
  await post(cast.of("Ana"), "meanwhile");
  await untilPost(cast.of("Cleo"), "meanwhile");
  await handlers.removeContact({ person, removed: false });
  await post(cast.of("Ben"), "by way of Cleo");
  await untilPost(cast.of("Cleo"), "by way of Cleo");
  await untilPost(cast.of("Ana"), "by way of Cleo");
});

test("a removal lasts, however many cards come in while it is written", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  const person = idOf(ben);
  for (let round = 0; round < 5; round++) {
    await untilConnected(cast, "Ana", "Ben");
    const renaming = ben.core.handlers.setProfile({
      name: `Ben ${String(round)}`,
      about: "",
      picture: { kind: "keep" },
    });
    await ana.core.handlers.removeContact({ person, removed: true });
    await renaming;
    expect(namesOf(ana)).toEqual([]);
    await ana.core.handlers.removeContact({ person, removed: false });
    await ben.core.handlers.setProfile({
      name: "Ben",
      about: "",
      picture: { kind: "keep" },
    });
    await until(contactsOf(ana), ([it]) => it?.ownName === "Ben");
  }
});

test("IN3: two who invite each other at the same time stay contacts after a restart", async () => {
  const cast = await emptyCast();
  const [ana, ben] = [await cast.add("Ana"), await cast.add("Ben")];
  const [fromAna, fromBen] = [await invite(ana), await invite(ben)];
  cast.hub.cut("Ana", "Ben");
  await ana.core.handlers.openLink({ link: fromBen.link });
  await ben.core.handlers.openLink({ link: fromAna.link });
  cast.hub.heal("Ana", "Ben");
  await untilConnected(cast, "Ana", "Ben");
  const done = ({ core }: TestPerson) =>
    until(core.states.invites({}), ({ opened }) =>
      opened.every(({ state }) => state.stage === "done"),
    );
  await done(ana);
  await done(ben);
  await cast.restart("Ana");
  await cast.restart("Ben");
  await untilConnected(cast, "Ana", "Ben");
  await post(cast.of("Ana"), "still here");
  await untilPost(cast.of("Ben"), "still here");
});

test("IN3: a second invite between contacts changes nothing, whoever made the first", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  for (const [inviter, taker] of [
    ["Ana", "Ben"],
    ["Ben", "Ana"],
  ] as const) {
    const { link } = await invite(cast.of(inviter));
    const { handlers, states } = cast.of(taker).core;
    expect(await handlers.readLink({ link })).toMatchObject({ known: true });
    await handlers.openLink({ link });
    await until(states.invites({}), ({ opened }) =>
      opened.every(({ state }) => state.stage === "done"),
    );
  }
  await cast.restart("Ana");
  await cast.restart("Ben");
  await untilConnected(cast, "Ana", "Ben");
  expect(namesOf(cast.of("Ana"))).toEqual(["Ben"]);
});
