import { expect, test } from "vitest";
import type { Post } from "#core/contract/feed-models.ts";
import { ana, ben, mira } from "#renderer/testing/fake-people.ts";
import { fakePost } from "#renderer/testing/fake-posts.ts";
import { threadRows } from "./thread-rows.ts";

const subject = fakePost(ana, 1, "subject");
const to = (post: Post, author: typeof ana, text: string) =>
  fakePost(author, 2, text, { replyTo: post.ref });
const shape = (replies: readonly Post[]) =>
  threadRows({ post: subject, replies }).map((row) => [
    row.post.text,
    row.level,
    row.answers?.name ?? null,
  ]);

test("a thread is two levels deep, then flat with the name of whom it answers", () => {
  const a = to(subject, ben, "a");
  const b = to(subject, mira, "b");
  const aa = to(a, ana, "aa");
  const aaa = to(aa, ben, "aaa");
  const aaaa = to(aaa, mira, "aaaa");
  expect(shape([a, b, aa, aaa, aaaa])).toEqual([
    ["a", 1, null],
    ["aa", 2, null],
    ["aaa", 2, "Ana Torres"],
    ["aaaa", 2, "Ben Okafor"],
    ["b", 1, null],
  ]);
});

test("a reply to something that is not here stands on the first level", () => {
  const missing = fakePost(ben, 1, "missing");
  expect(shape([to(missing, ana, "orphan")])).toEqual([["orphan", 1, null]]);
});

test("replies that answer each other in a ring end", () => {
  const one = fakePost(ana, 2, "one");
  const two = fakePost(ben, 3, "two", { replyTo: one.ref });
  const ring = { ...one, replyTo: two.ref };
  expect(() => shape([ring, two])).not.toThrow();
});
