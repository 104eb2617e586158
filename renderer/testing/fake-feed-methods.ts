import { CoreError } from "#core/contract/errors.ts";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Post } from "#core/contract/feed-models.ts";
import { after } from "#renderer/ui/clock.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { nextLocal } from "./fake-ids.ts";
import { ana, mira } from "./fake-people.ts";
import { fakePost, file } from "./fake-posts.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** Posts, replies, reactions, drafts. */
export function fakeFeedMethods({
  get,
  set,
}: WorldStore): FakeMethods<
  | "post"
  | "undoPost"
  | "editPost"
  | "withdrawPost"
  | "react"
  | "postVersions"
  | "markRead"
  | "markAllRead"
  | "saveDraft"
  | "readDraft"
> {
  const changePost = (ref: EntryRef, change: (post: Post) => Partial<Post>) =>
    set((world) => ({
      posts: world.posts.map((post) =>
        post.ref === ref ? { ...post, ...change(post) } : post,
      ),
    }));
  const publish = (heldId: string) => {
    const held = get().held.find((one) => one.id === heldId);
    if (held === undefined) return;
    const post = fakePost(get().me ?? mira, readClock(), held.text, {
      audience: held.audience,
      replyTo: held.replyTo,
      attachments: held.attachments.map((name) =>
        file(name, 120_000, "image/jpeg"),
      ),
      copies: { stage: "here" },
    });
    set((world) => ({
      held: world.held.filter((one) => one.id !== heldId),
      posts: [post, ...world.posts].map((one) =>
        one.ref === held.replyTo
          ? { ...one, replyCount: one.replyCount + 1 }
          : one,
      ),
    }));
    after(3_000, () =>
      changePost(post.ref, () => ({ copies: { stage: "out", people: [ana] } })),
    );
  };
  return {
    post: ({ text, audience, replyTo, attachments }) => {
      if (text.trim() === "" && attachments.length === 0)
        throw new CoreError("text-empty", {});
      if (text.includes("disk full")) throw new CoreError("disk-full", {});
      const id = nextLocal("held");
      const { undoMs } = get().settings;
      const held = {
        id,
        text,
        audience,
        replyTo,
        attachments: attachments.map((one) => one.grant),
        until: readClock() + undoMs,
      };
      set((world) => ({ held: [held, ...world.held] }));
      after(undoMs, () => publish(id));
      return { held: id };
    },
    undoPost: ({ held }) => {
      const undone = get().held.some((one) => one.id === held);
      set((world) => ({ held: world.held.filter((one) => one.id !== held) }));
      return { undone };
    },
    editPost: ({ post, text }) => {
      if (text.trim() === "") throw new CoreError("text-empty", {});
      changePost(post, (before) => ({ text, edits: before.edits + 1 }));
      return {};
    },
    withdrawPost: ({ post }) => {
      changePost(post, () => ({ withdrawnAt: readClock() }));
      return {};
    },
    react: ({ post, emoji, on }) => {
      changePost(post, (before) => {
        const others = before.reactions.filter((one) => one.emoji !== emoji);
        const old = before.reactions.find((one) => one.emoji === emoji);
        const people = (old?.people ?? []).filter((person) => !person.isMe);
        if (on) people.push(mira);
        return {
          reactions:
            people.length === 0
              ? others
              : [...others, { emoji, people, mine: on }],
        };
      });
      return {};
    },
    postVersions: ({ post }) => {
      const found = get().posts.find((one) => one.ref === post);
      if (found === undefined)
        throw new CoreError("not-found", { what: "post" });
      return {
        versions: [
          { text: "Apple cake: 4 apples, butter, sugar, eggs.", at: found.at },
          { text: found.text, at: found.at + 600_000 },
        ],
      };
    },
    markRead: ({ posts, read }) => {
      const refs = new Set(posts);
      set((world) => ({
        posts: world.posts.map((post) =>
          refs.has(post.ref) ? { ...post, unread: !read } : post,
        ),
      }));
      return {};
    },
    markAllRead: () => {
      const posts = get()
        .posts.filter((post) => post.unread)
        .map((post) => post.ref);
      set((world) => ({
        posts: world.posts.map((post) => ({ ...post, unread: false })),
      }));
      return { posts };
    },
    saveDraft: ({ place, text, audience }) => {
      set((world) => ({
        drafts: {
          ...world.drafts,
          [place]: { text, audience, savedAt: readClock() },
        },
      }));
      return {};
    },
    readDraft: ({ place }) => ({ draft: get().drafts[place] ?? null }),
  };
}
