import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { castOfContacts, post } from "#core/testing/cast.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

/** Everything a person sees that has to be the same after a restart. */
function seenBy({ core }: TestPerson) {
  const { states } = core;
  const window = { first: 0, count: 100 };
  const feed = states.feed({ filter: "all", ...window }).peek();
  const contacts = states.contacts({}).peek();
  return {
    me: states.me({}).peek(),
    settings: states.settings({}).peek(),
    invites: states.invites({}).peek(),
    feed,
    threads: feed.items.map(({ ref }) => states.thread({ post: ref }).peek()),
    // Presence is about now, not about what was kept.
    contacts: contacts.map((contact) => ({ ...contact, presence: null })),
    people: contacts.map(
      ({ person }) => states.person({ person, ...window }).peek()?.posts,
    ),
  };
}

/** Ana and Ben with a bit of everything between them, off the network. */
async function livedIn() {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  const path = join(ana.dataFolder, "picture.png");
  const start = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  await writeFile(path, Buffer.concat([start, Buffer.alloc(64)]));
  const { grant } = await ana.core.grants.add(path);
  await ana.core.handlers.setProfile({
    name: "Ana M.",
    about: "gardens",
    picture: { kind: "set", grant },
  });
  await post(ana, "question");
  const { ref } = await untilPost(ben, "question");
  await post(ben, "answer", { replyTo: ref });
  await ben.core.handlers.react({ post: ref, emoji: "👍", on: true });
  await ana.core.handlers.editPost({ post: ref, text: "question?" });
  await post(ana, "for everyone", { audience: "link" });
  await post(ben, "taken back");
  const { ref: gone } = await untilPost(ana, "taken back");
  await ben.core.handlers.withdrawPost({ post: gone });
  await untilPost(ben, "question?");
  await untilPost(ben, "for everyone");
  await until(
    feedOf(ana),
    ({ items }) =>
      items.some((it) => it.withdrawnAt !== null) &&
      items.some((it) => it.reactions.length === 1 && it.replyCount === 1) &&
      items.every((it) => it.copies?.stage !== "here"),
  );
  const [contact] = ana.core.states.contacts({}).peek();
  if (contact === undefined) throw new Error("no contact");
  const { person } = contact;
  await ana.core.handlers.setNickname({ person, nickname: "Benny" });
  await ana.core.handlers.markRead({ posts: [gone], read: true });
  await ana.core.handlers.updateSettings({ theme: "dark", sendHints: false });
  const hour = 60 * 60 * 1000;
  await ana.core.handlers.createInvite({
    lifeMs: hour,
    uses: 3,
    message: "come",
  });
  cast.hub.unplug("Ana");
  cast.hub.unplug("Ben");
  return cast;
}

test("a restart keeps everything", async () => {
  const cast = await livedIn();
  const before = { ana: seenBy(cast.of("Ana")), ben: seenBy(cast.of("Ben")) };
  await cast.restart("Ana");
  await cast.restart("Ben");
  expect(seenBy(cast.of("Ana"))).toEqual(before.ana);
  expect(seenBy(cast.of("Ben"))).toEqual(before.ben);
  expect(before.ana.me?.picture?.mediaType).toBe("image/png");
  expect(before.ana.feed.items).toHaveLength(3);
});

test("EN4: an index that was thrown away is folded again to the same", async () => {
  const cast = await livedIn();
  const ana = cast.of("Ana");
  const before = seenBy(ana);
  await ana.close();
  for (const suffix of ["", "-wal", "-shm"])
    await rm(join(ana.dataFolder, `index.db${suffix}`), { force: true });
  const again = await cast.restart("Ana");
  await until(feedOf(again), ({ total }) => total === before.feed.total);
  expect(seenBy(again)).toEqual(before);
});

test("a post that is still held is written when the app closes", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  await cast.of("Ana").core.handlers.updateSettings({ undoMs: 30_000 });
  await post(cast.of("Ana"), "held");
  await cast.restart("Ana");
  await untilPost(cast.of("Ana"), "held");
  await untilPost(cast.of("Ben"), "held");
});
