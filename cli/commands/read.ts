import type { Post } from "#core/contract/feed-models.ts";
import { foreignLine, foreignText } from "#renderer/ui/foreign-text.ts";
import { copiesWords } from "#renderer/words/copies.ts";
import { agoWords } from "#renderer/words/time.ts";
import type { Command } from "../command.ts";

/** Shows posts, the newest last, as a terminal is read. */
export const read: Command = {
  name: "read",
  about: "show posts",
  takes: "[--unread] [--count N]",
  options: {
    unread: { type: "boolean" },
    count: { type: "string" },
  },
  optionWords: [
    ["--unread", "only what was not read yet; it counts as read then"],
    ["--count N", "how many (10)"],
  ],
  check(given) {
    given.count("count", 10);
  },
  async run({ given, app, output, clock }) {
    const filter = given.has("unread") ? "unread" : "all";
    const count = Math.min(given.count("count", 10), 500);
    const feed = await app.read("feed", { filter, first: 0, count });
    const posts = [...feed.items].reverse();
    const none = filter === "unread" ? "Nothing unread." : "No posts yet.";
    output.answer(
      posts.length === 0
        ? [none]
        : posts.flatMap((one) => linesOf(one, clock.now())),
      posts,
    );
    const unread = posts.filter((one) => one.unread).map(({ ref }) => ref);
    if (filter === "unread" && unread.length > 0)
      await app.call("markRead", { posts: unread, read: true });
  },
};

function linesOf(one: Post, now: number): readonly string[] {
  const copies = copiesWords(one.copies);
  const head = [
    one.author.isMe ? "You" : foreignLine(one.author.name),
    agoWords(one.at, now),
    ...(one.unread ? ["unread"] : []),
    ...(copies === null ? [] : [copies]),
  ];
  return [
    head.join(" · "),
    ...foreignText(one.text)
      .split("\n")
      .map((line) => `  ${line}`),
    ...one.attachments.map(({ name }) => `  [${foreignLine(name)}]`),
    "",
  ];
}
