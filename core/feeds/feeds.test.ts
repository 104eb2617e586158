import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { EntryRef } from "#core/contract/ids.ts";
import { POST_TEXT_BYTES } from "#core/contract/limits.ts";
import type { Feed, Post } from "#core/contract/feed-models.ts";
import {
  castOfContacts,
  emptyCast,
  post,
  textsOf,
} from "#core/testing/cast.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

function threadOf({ core }: TestPerson, ref: EntryRef) {
  return core.states.thread({ post: ref });
}

/** Waits until a post looks as it should to somebody. */
async function untilLooks(
  person: TestPerson,
  ref: EntryRef,
  looks: (post: Post) => boolean,
): Promise<Post> {
  const thread = await until(
    threadOf(person, ref),
    (it) => it !== null && looks(it.post),
  );
  if (thread === null) throw new Error("the post is gone");
  return thread.post;
}

async function anaPosts(text: string) {
  const cast = await castOfContacts("Ana", "Ben");
  const [ana, ben] = [cast.of("Ana"), cast.of("Ben")];
  await post(ana, text);
  const { ref } = await untilPost(ben, text);
  return { cast, ana, ben, ref };
}

test("a reply shows below its post on both sides, not beside it", async () => {
  const { ana, ben, ref } = await anaPosts("question");
  await post(ben, "answer", { replyTo: ref });
  const thread = await until(
    threadOf(ana, ref),
    (it) => it?.replies.length === 1,
  );
  expect(thread?.post.replyCount).toBe(1);
  expect(textsOf(thread?.replies ?? [])).toEqual(["answer"]);
  expect(textsOf(feedOf(ana).peek().items)).toEqual(["question"]);
  const [reply] = thread?.replies ?? [];
  if (reply === undefined) throw new Error("no reply");
  const below = threadOf(ben, reply.ref).peek();
  expect(below?.parent?.text).toBe("question");
  expect(below?.parentMissing).toBe(false);
});

test("reactions come and go on both sides, under the right names", async () => {
  const { ana, ben, ref } = await anaPosts("news");
  await ben.core.handlers.react({ post: ref, emoji: "👍", on: true });
  await ana.core.handlers.react({ post: ref, emoji: "👍", on: true });
  const seen = await untilLooks(
    ana,
    ref,
    (it) => it.reactions[0]?.people.length === 2,
  );
  expect(
    seen.reactions.map(({ emoji, mine, people }) => ({
      emoji,
      mine,
      people: people.map(({ name }) => name),
    })),
  ).toEqual([{ emoji: "👍", mine: true, people: ["Ben", "Ana"] }]);
  await ben.core.handlers.react({ post: ref, emoji: "👍", on: false });
  await untilLooks(ana, ref, (it) => it.reactions[0]?.people.length === 1);
  await ana.core.handlers.react({ post: ref, emoji: "👍", on: false });
  const after = await untilLooks(ben, ref, (it) => it.reactions.length === 0);
  expect(after.reactions).toEqual([]);
});

test("EN5: an edit shows on both sides, with the earlier version to read", async () => {
  const { ana, ben, ref } = await anaPosts("frist");
  await ana.core.handlers.editPost({ post: ref, text: "first" });
  await ana.core.handlers.editPost({ post: ref, text: "first!" });
  const seen = await untilLooks(ben, ref, (it) => it.edits === 2);
  expect([seen.text, seen.otherVersions]).toEqual(["first!", []]);
  const { versions } = await ben.core.handlers.postVersions({ post: ref });
  expect(versions.map(({ text }) => text)).toEqual([
    "frist",
    "first",
    "first!",
  ]);
});

test("a withdrawn post says so to whoever has it, and stays theirs", async () => {
  const { ana, ben, ref } = await anaPosts("too much said");
  await ana.core.handlers.withdrawPost({ post: ref });
  const seen = await untilLooks(ben, ref, (it) => it.withdrawnAt !== null);
  expect(seen.text).toBe("too much said");
});

test("nobody edits or withdraws what somebody else wrote", async () => {
  const { ben, ref } = await anaPosts("mine");
  const notFound = { code: "not-found" };
  await expect(
    ben.core.handlers.editPost({ post: ref, text: "yours" }),
  ).rejects.toMatchObject(notFound);
  await expect(
    ben.core.handlers.withdrawPost({ post: ref }),
  ).rejects.toMatchObject(notFound);
});

test("LI1: texts that are empty or too long are refused in words", async () => {
  const { ana, ref } = await anaPosts("short");
  const long = "ü".repeat(POST_TEXT_BYTES / 2 + 1);
  const refusal = { code: "text-long", details: { limitBytes: 32_768 } };
  await expect(post(ana, long)).rejects.toMatchObject(refusal);
  await expect(post(ana, " \n ")).rejects.toMatchObject({ code: "text-empty" });
  await expect(
    ana.core.handlers.editPost({ post: ref, text: long }),
  ).rejects.toMatchObject(refusal);
  await expect(
    ana.core.handlers.editPost({ post: ref, text: "" }),
  ).rejects.toMatchObject({ code: "text-empty" });
  await post(ana, "ü".repeat(POST_TEXT_BYTES / 2));
  expect(feedOf(ana).peek().total).toBe(2);
});

test("LI1: a text that swells past a block when written is refused, and nothing is held", async () => {
  const { cast, ana, ref } = await anaPosts("short");
  for (const letter of ["\n", '"', "\u0001"]) {
    const text = `x${letter.repeat(POST_TEXT_BYTES - 1)}`;
    const refusal = { code: "text-long" };
    await expect(post(ana, text)).rejects.toMatchObject(refusal);
    await expect(
      ana.core.handlers.editPost({ post: ref, text }),
    ).rejects.toMatchObject(refusal);
  }
  expect(ana.core.states.held({}).peek()).toEqual([]);
  const again = await cast.restart("Ana");
  expect(again.core.states.app({}).peek().stage).toBe("ready");
  await until(feedOf(again), (it) => it.total === 1);
});

test("ME5: a third person gets the posts while their author is away", async () => {
  const cast = await castOfContacts("Ana", "Ben", "Cleo");
  cast.hub.unplug("Cleo");
  await post(cast.of("Ana"), "from far away");
  const { ref } = await untilPost(cast.of("Ben"), "from far away");
  await cast
    .of("Ben")
    .core.handlers.react({ post: ref, emoji: "👍", on: true });
  cast.hub.unplug("Ana");
  cast.hub.plug("Cleo");
  await untilPost(cast.of("Cleo"), "from far away");
  await untilLooks(cast.of("Cleo"), ref, (it) => it.reactions.length === 1);
});

test("ME5: what was written alone arrives when the line is there again", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  cast.hub.cut("Ana", "Ben");
  await post(cast.of("Ana"), "alone");
  await post(cast.of("Ben"), "alone too");
  expect(feedOf(cast.of("Ben")).peek().total).toBe(1);
  cast.hub.heal("Ana", "Ben");
  await untilPost(cast.of("Ben"), "alone");
  await untilPost(cast.of("Ana"), "alone too");
});

test("EN3: posts from a clock that is a day ahead stand where they came in, and say so", async () => {
  const cast = await emptyCast();
  const day = 24 * 60 * 60 * 1000;
  const ahead = { ...systemClock, now: () => systemClock.now() + day };
  const ana = await cast.add("Ana", { clock: ahead });
  const ben = await cast.add("Ben");
  // By Ana's invite: one of Ben's would be over for her before it was made.
  await cast.befriend("Ana", "Ben");
  await post(ana, "from tomorrow");
  const seen = await untilPost(ben, "from tomorrow");
  expect(seen.clockAhead).toBe(true);
  expect(seen.at).toBeLessThanOrEqual(systemClock.now());
  await post(ben, "from today");
  await untilPost(ana, "from today");
  const texts = [ana, ben].map((it) => textsOf(feedOf(it).peek().items));
  expect(texts[1]).toEqual(["from today", "from tomorrow"]);
  expect([...(texts[0] ?? [])].sort()).toEqual(["from today", "from tomorrow"]);
});

test("posts of others are unread until they are marked, and marks can be undone", async () => {
  const { ana, ben, ref } = await anaPosts("one");
  await post(ana, "two");
  await untilPost(ben, "two");
  const unread = (feed: Feed) => feed.unread;
  expect(unread(feedOf(ben).peek())).toBe(2);
  expect(unread(feedOf(ana).peek())).toBe(0);
  await ben.core.handlers.markRead({ posts: [ref], read: true });
  const only = ben.core.states.feed({ filter: "unread", first: 0, count: 9 });
  expect(textsOf(only.peek().items)).toEqual(["two"]);
  const { posts } = await ben.core.handlers.markAllRead({});
  expect(posts).toHaveLength(1);
  expect(unread(feedOf(ben).peek())).toBe(0);
  await ben.core.handlers.markRead({ posts, read: false });
  expect(unread(feedOf(ben).peek())).toBe(1);
});

test("filters and windows give slices of one feed, newest first", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  for (const text of ["1", "2", "3"]) await post(cast.of("Ana"), text);
  await untilPost(cast.of("Ben"), "3");
  await post(cast.of("Ben"), "4");
  const { states } = cast.of("Ben").core;
  const all = states.feed({ filter: "all", first: 0, count: 10 }).peek();
  expect(textsOf(all.items)).toEqual(["4", "3", "2", "1"]);
  const part = states.feed({ filter: "all", first: 1, count: 2 }).peek();
  expect([textsOf(part.items), part.total, part.first]).toEqual([
    ["3", "2"],
    4,
    1,
  ]);
  const mine = states.feed({ filter: "mine", first: 0, count: 10 }).peek();
  expect(textsOf(mine.items)).toEqual(["4"]);
  const files = states.feed({ filter: "files", first: 0, count: 10 }).peek();
  expect(files.total).toBe(0);
});

test("a post can be taken back until its time is over, and is gone then", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  await ana.core.handlers.updateSettings({ undoMs: 30_000 });
  const kept = await post(ana, "kept");
  const undone = await post(ana, "undone");
  const held = ana.core.states.held({});
  expect(held.peek().map(({ text }) => text)).toEqual(["kept", "undone"]);
  expect(feedOf(ana).peek().total).toBe(0);
  expect(await ana.core.handlers.undoPost({ held: undone })).toEqual({
    undone: true,
  });
  expect(await ana.core.handlers.undoPost({ held: undone })).toEqual({
    undone: false,
  });
  const again = await cast.restart("Ana");
  await untilPost(again, "kept");
  expect(feedOf(again).peek().total).toBe(1);
  expect(again.core.states.held({}).peek()).toEqual([]);
  expect(await again.core.handlers.undoPost({ held: kept })).toEqual({
    undone: false,
  });
});

test("a draft survives a restart, and an empty one is forgotten", async () => {
  const cast = await emptyCast();
  const { core } = await cast.add("Ana");
  const draft = { place: "home", text: "half a th", audience: "link" } as const;
  await core.handlers.saveDraft(draft);
  const again = (await cast.restart("Ana")).core.handlers;
  expect((await again.readDraft({ place: "home" })).draft).toMatchObject({
    text: "half a th",
    audience: "link",
  });
  expect((await again.readDraft({ place: "elsewhere" })).draft).toBeNull();
  await again.saveDraft({ ...draft, text: "" });
  expect((await again.readDraft({ place: "home" })).draft).toBeNull();
});
