import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryRef } from "#core/contract/ids.ts";
import { compareEntries } from "#core/spaces/fold.ts";
import { testPerson, testRef, testSpaceId } from "#core/testing/test-ids.ts";
import type { FeedEntryOf } from "./feed-entries.ts";
import type { Noted, NotedEntry } from "./feed-notes.ts";
import { foldPost } from "./fold-post.ts";

const POST = testRef("ana", 1);

/** An entry of a person at a block of their log, written at `ms`. */
function noted(
  name: string,
  block: number,
  ms: number,
  entry: NotedEntry,
  space = "feed of ana",
): Noted {
  return {
    ref: testRef(name, block),
    space: testSpaceId(space),
    audience: "contacts",
    person: testPerson(name),
    time: [ms, 0],
    writtenAt: ms,
    arrivedAt: 0,
    entry,
  };
}

function post(text: string): FeedEntryOf<"post"> {
  return { type: "post", id: "id", text, attachments: [], replyTo: null };
}

function edit(text: string, ...replaces: EntryRef[]): FeedEntryOf<"edit"> {
  return { type: "edit", post: POST, text, replaces };
}

function react(emoji: string, on = true): FeedEntryOf<"react"> {
  return { type: "react", post: POST, emoji, on };
}

const withdraw = { type: "withdraw", post: POST } as const;
const first = noted("ana", 1, 100, post("one"));

/** What a reader sees, from entries in any order. */
function shown(...entries: readonly Noted[]) {
  const folded = foldPost(POST, [...entries].sort(compareEntries));
  if (folded === null) return null;
  const { text, otherVersions, reactions, withdrawnAt } = folded;
  return {
    text,
    otherVersions,
    reactions: reactions.map(({ emoji, person }) => `${emoji} ${person}`),
    withdrawnAt,
  };
}

const plain = {
  text: "one",
  otherVersions: [],
  reactions: [],
  withdrawnAt: null,
};

test("a post alone is shown as it was written", () => {
  expect(shown(first)).toEqual(plain);
});

test("edits, reactions and withdrawals wait for the post they are about", () => {
  expect(shown(noted("ana", 2, 200, edit("two", POST)))).toBeNull();
  expect(shown(noted("ben", 1, 200, react("👍")))).toBeNull();
  expect(shown(noted("ana", 2, 200, withdraw))).toBeNull();
});

test("EN5: an edit replaces what it names", () => {
  const second = noted("ana", 2, 200, edit("two", POST));
  const third = noted("ana", 3, 300, edit("three", second.ref));
  expect(shown(first, second, third)).toEqual({ ...plain, text: "three" });
  const folded = foldPost(POST, [first, second, third]);
  expect(folded?.versions).toEqual([
    { ref: POST, text: "one", at: 100, isHead: false },
    { ref: second.ref, text: "two", at: 200, isHead: false },
    { ref: third.ref, text: "three", at: 300, isHead: true },
  ]);
});

test("EN5: two edits of the same version both stand, until one replaces both", () => {
  const here = noted("ana", 2, 200, edit("here", POST));
  const there = noted("ana", 3, 300, edit("there", POST));
  expect(shown(first, here, there)).toEqual({
    ...plain,
    text: "there",
    otherVersions: ["here"],
  });
  const both = noted("ana", 4, 400, edit("both", here.ref, there.ref));
  expect(shown(first, here, there, both)).toEqual({ ...plain, text: "both" });
});

test("EN5: edits that name each other in a ring leave the last one standing", () => {
  const [a, b] = [testRef("ana", 2), testRef("ana", 3)];
  const one = noted("ana", 2, 200, edit("a", POST, b));
  const other = noted("ana", 3, 300, edit("b", a));
  expect(shown(first, one, other)).toEqual({ ...plain, text: "b" });
  const itself = noted("ana", 2, 200, edit("self", POST, a));
  expect(shown(first, itself)).toEqual({ ...plain, text: "self" });
});

test("an edit or a withdrawal by somebody else, or from another feed, does nothing", () => {
  const forged = [
    noted("ben", 1, 200, edit("forged", POST)),
    noted("ben", 2, 300, withdraw),
    noted("ana", 5, 400, edit("elsewhere", POST), "open feed of ana"),
    noted("ana", 6, 500, withdraw, "open feed of ana"),
  ];
  expect(shown(first, ...forged)).toEqual(plain);
});

test("anybody reacts, in their own name only, and takes back their own alone", () => {
  const bens = noted("ben", 1, 200, react("👍"), "feed of ben");
  const cleos = noted("cleo", 1, 300, react("👍", false), "feed of cleo");
  expect(shown(first, bens, cleos)).toEqual({
    ...plain,
    reactions: [`👍 ${testPerson("ben")}`],
  });
  const back = noted("ben", 2, 400, react("👍", false), "feed of ben");
  expect(shown(first, bens, cleos, back)).toEqual(plain);
});

test("a person has each reaction once, and may have several", () => {
  const reactions = [
    noted("ben", 1, 200, react("👍")),
    noted("ben", 2, 300, react("👍")),
    noted("ben", 3, 400, react("🎉")),
  ];
  const ben = testPerson("ben");
  expect(shown(first, ...reactions)?.reactions).toEqual([
    `👍 ${ben}`,
    `🎉 ${ben}`,
  ]);
});

test("a withdrawal counts from the first time it was asked for, and keeps the text", () => {
  expect(
    shown(
      first,
      noted("ana", 3, 300, withdraw),
      noted("ana", 2, 200, withdraw),
    ),
  ).toEqual({ ...plain, withdrawnAt: 200 });
});

/** Entries about one post, wild but well-formed: rings, forgeries, equal times. */
const entries = fc.array(
  fc.record({
    name: fc.constantFrom("ana", "ben", "cleo"),
    block: fc.integer({ min: 2, max: 9 }),
    ms: fc.integer({ min: 1, max: 4 }),
    space: fc.constantFrom("feed of ana", "another feed"),
    entry: fc.oneof(
      fc.record({
        type: fc.constant("edit" as const),
        post: fc.constant(POST),
        text: fc.constantFrom("x", "y", "z"),
        replaces: fc.array(
          fc.integer({ min: 1, max: 9 }).map((block) => testRef("ana", block)),
          { maxLength: 3 },
        ),
      }),
      fc.record({
        type: fc.constant("react" as const),
        post: fc.constant(POST),
        emoji: fc.constantFrom("👍", "🎉"),
        on: fc.boolean(),
      }),
      fc.constant(withdraw),
    ),
  }),
  { maxLength: 8 },
);

test("EN4: whatever order entries are noted in, the post is the same", () => {
  fc.assert(
    fc.property(
      entries.chain((list) => {
        const places = new Map(
          list.map((it) => [
            testRef(it.name, it.block),
            noted(it.name, it.block, it.ms, it.entry, it.space),
          ]),
        );
        const all = [first, ...places.values()];
        return fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
        );
      }),
      ([inOrder, shuffled]) => {
        expect(shown(...shuffled)).toEqual(shown(...inOrder));
      },
    ),
    { numRuns: 2000 },
  );
});

test("EN4: all 720 orders of six entries fold to one post", () => {
  const six = [
    first,
    noted("ana", 2, 200, edit("here", POST)),
    noted("ana", 3, 200, edit("there", POST)),
    noted("ben", 1, 200, react("👍")),
    noted("ben", 2, 200, react("👍", false)),
    noted("ana", 4, 200, withdraw),
  ];
  const results = new Set(
    permutations(six).map((order) => JSON.stringify(shown(...order))),
  );
  expect(results.size).toBe(1);
});

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, index) =>
    permutations(list.filter((_, other) => other !== index)).map((rest) => [
      item,
      ...rest,
    ]),
  );
}
