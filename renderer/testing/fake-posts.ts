import type { Attachment, Post } from "#core/contract/feed-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { fileRoot, postRef } from "./fake-ids.ts";
import { ana, ben, ingrid, kenji, mira, shira, yusuf } from "./fake-people.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function file(
  name: string,
  size: number,
  mediaType: string,
  alt = "",
  here = true,
): Attachment {
  return { root: fileRoot(name), name, size, mediaType, alt, here };
}

let block = 0;

export function fakePost(
  author: PersonLabel,
  at: number,
  text: string,
  more: Partial<Post> = {},
): Post {
  block += 1;
  return {
    ref: postRef(author.name, block),
    author,
    audience: "contacts",
    at,
    clockAhead: false,
    text,
    attachments: [],
    edits: 0,
    otherVersions: [],
    withdrawnAt: null,
    reactions: [],
    replyCount: 0,
    replyTo: null,
    unread: false,
    copies: author.isMe ? { stage: "out", people: [ana, ben] } : null,
    ...more,
  };
}

const EARLIER = [
  "The tool shed has a new lock. The key hangs where the old one hung.",
  "Found the *whole* seed list from 2019. It is in **Garden papers** now.",
  "Rain until Sunday, so no watering needed. Enjoy the quiet.",
  "Who borrowed the long ladder? No hurry, I only want to know where it is.",
  "Six jars of plum jam are on the bench by the gate. Take one, leave the jar.",
  "Neighbours from number 14 would like to join. I told them about Saturday.",
] as const;

/** A feed of three weeks in a garden association, newest first. */
export function fakePosts(now: number, earlier: number): readonly Post[] {
  const people = [ana, ben, ingrid, yusuf, mira];
  const seedlings = fakePost(
    ana,
    now - 6 * MINUTE,
    "The seedlings survived the frost. All of them. I put the fleece over them at eleven and hardly slept, and this morning they stood there as if nothing had happened.",
    {
      unread: true,
      attachments: [
        file(
          "seedlings-morning.jpg",
          2_410_000,
          "image/jpeg",
          "Rows of green seedlings under a pale morning sky",
        ),
        file(
          "greenhouse.jpg",
          1_980_000,
          "image/jpeg",
          "The greenhouse with its door open",
        ),
        file("frost-on-leaves.jpg", 1_720_000, "image/jpeg"),
      ],
      reactions: [
        { emoji: "🌱", people: [ben, mira], mine: true },
        { emoji: "❤️", people: [ingrid], mine: false },
      ],
      replyCount: 4,
    },
  );
  const posts = [
    seedlings,
    fakePost(
      ben,
      now - 2 * HOUR,
      "Minutes from Thursday are in. Three things need a decision before the 30th:\n\n1. whether we keep the **second water barrel**,\n2. who opens the gate on Saturdays,\n3. the fence on the north side, see https://fences.example.org/oak for prices.",
      {
        unread: true,
        attachments: [
          file("Minutes 19 November.pdf", 184_000, "application/pdf"),
          file(
            "Water use 2026.xlsx",
            48_300,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "",
            false,
          ),
        ],
        reactions: [{ emoji: "👍", people: [ana, yusuf], mine: false }],
        replyCount: 1,
      },
    ),
    fakePost(
      mira,
      now - 5 * HOUR,
      "I can open the gate on Saturdays until March. After that somebody with better knees should take over.",
      {
        reactions: [{ emoji: "😄", people: [ana, ben, ingrid], mine: false }],
      },
    ),
    fakePost(
      mira,
      now - 7 * HOUR,
      "Does anyone still have the drawing of the pond?",
      {
        audience: "link",
        copies: { stage: "here" },
      },
    ),
    fakePost(
      ingrid,
      now - 22 * HOUR,
      "For Mira, because you asked. Apple cake the way my mother made it:\n\n- 4 sour apples, cut thick\n- 200 g butter, soft\n- 180 g sugar, 4 eggs\n- a good pinch of salt\n\n> Do not open the oven before forty minutes are over. Not even a little.",
      {
        edits: 2,
        reactions: [{ emoji: "😋", people: [mira, ana], mine: true }],
        replyCount: 2,
      },
    ),
    fakePost(
      yusuf,
      now - 2 * DAY,
      "I am selling my half of the greenhouse shelves, 40 for all of them.",
      {
        withdrawnAt: now - 1 * DAY,
      },
    ),
    fakePost(
      shira,
      now - 3 * DAY,
      "שלום לכולם! שמחה להצטרף לגינה. מישהו יודע מתי פותחים את השער בשבת?",
    ),
    fakePost(
      kenji,
      now - 3 * DAY - 2 * HOUR,
      "Recorded the choir under the chestnut tree. Listen to the blackbird at 0:40.",
      {
        attachments: [
          file("choir-under-the-chestnut.mp3", 7_420_000, "audio/mpeg"),
          file("evening-light.jpg", 21_000_000, "image/jpeg", "", false),
        ],
      },
    ),
  ];
  const older = Array.from({ length: earlier }, (_, place) => {
    const author = people[place % people.length] ?? ana;
    const text = EARLIER[place % EARLIER.length] ?? "";
    return fakePost(author, now - 4 * DAY - place * 3 * HOUR, text);
  });
  return [...posts, ...older];
}

/** Replies below the first post of the feed. */
export function fakeReplies(post: Post, now: number): readonly Post[] {
  const first = fakePost(
    ben,
    now - 5 * MINUTE,
    "You are a hero. I owe you a coffee and a new fleece.",
    {
      replyTo: post.ref,
      unread: true,
    },
  );
  const second = fakePost(
    mira,
    now - 4 * MINUTE,
    "Did you keep the heater off? I want to know for next year.",
    {
      replyTo: post.ref,
      copies: { stage: "out", people: [ana] },
    },
  );
  const third = fakePost(
    ana,
    now - 3 * MINUTE,
    "Off the whole night. Only the fleece and two candles in flower pots.",
    {
      replyTo: second.ref,
      unread: true,
    },
  );
  const fourth = fakePost(
    ben,
    now - 2 * MINUTE,
    "Candles in flower pots goes into the **garden papers**.",
    {
      replyTo: third.ref,
      unread: true,
    },
  );
  return [first, second, third, fourth];
}
