import { beforeEach, expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { createTopics, type Pace, type Topics } from "./topics.ts";

const MINUTE_MS = 60_000;

let log: string[];
let answers: ((isDone: boolean) => void)[];
let clock: ManualClock;
let topics: Topics;

beforeEach(() => {
  log = [];
  answers = [];
  clock = createManualClock();
  topics = createTopics({
    work: {
      post(key) {
        log.push(`post ${key}`);
        return new Promise((resolve) => {
          answers.push(resolve);
        });
      },
      glance(key) {
        log.push(`glance ${key}`);
        return new Promise((resolve) => {
          answers.push(() => {
            resolve();
          });
        });
      },
      leave: (key) => log.push(`leave ${key}`),
    },
    clock,
    random: { bytes: (size) => Buffer.alloc(size, 0x80) },
    logger: silentLogger,
  });
});

function follow(...names: string[]): void {
  topics.follow(new Map(names.map((name) => [name, "always"])));
}

function followAt(pace: Pace, name: string): void {
  topics.follow(new Map([[name, pace]]));
}

async function answer(count = 1, isDone = true): Promise<void> {
  for (const done of answers.splice(0, count)) done(isDone);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Lets the clock run, with whatever is asked for done at once. */
async function run(minutes: number): Promise<void> {
  for (let at = 0; at < minutes; at++) {
    clock.advance(MINUTE_MS);
    await answer(answers.length);
    await answer(answers.length);
  }
}

test("topics are come to six at a time, in the order they are wanted", async () => {
  follow("a", "b", "c", "d", "e", "f", "g", "h");
  expect(log).toEqual(
    ["a", "b", "c", "d", "e", "f"].map((name) => `post ${name}`),
  );
  await answer();
  expect(log.slice(6)).toEqual(["post g"]);
  await answer();
  expect(log.slice(7)).toEqual(["post h"]);
});

test("a second look follows the first notice, but no other's first waits for it", async () => {
  follow("a", "b", "c", "d", "e", "f", "g");
  await answer();
  clock.advance(500);
  expect(log.slice(6)).toEqual(["post g"]);
  await answer();
  expect(log.slice(7)).toEqual(["glance a"]);
});

test("ME10: a notice is renewed before nodes forget it, thirteen minutes after the last at most", async () => {
  follow("a");
  await answer();
  const at: number[] = [];
  let seen = 1;
  for (let minute = 1; minute <= 60; minute++) {
    await run(1);
    const posts = log.filter((line) => line === "post a").length;
    if (posts > seen) at.push(minute);
    seen = posts;
  }
  const pauses = at.map((minute, index) => minute - (at[index - 1] ?? 0));
  expect(pauses.length).toBeGreaterThan(3);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(13);
  expect(Math.min(...pauses.slice(1))).toBeGreaterThan(10);
});

test("a notice that nobody took is tried again after pauses that grow to five minutes", async () => {
  follow("a");
  await answer(1, false);
  clock.advance(15_000);
  expect(log).toEqual(["post a", "post a"]);
  for (let tries = 0; tries < 8; tries++) {
    await answer(1, false);
    clock.advance(5 * MINUTE_MS + 1_000);
  }
  expect(log.length).toBe(10);
});

test("ME10: of a topic wanted rarely there is a notice at the start, and one an hour in a minute of its own", async () => {
  const early = "00".repeat(32);
  const late = `80${"00".repeat(31)}`;
  topics.follow(
    new Map([
      [early, "rarely"],
      [late, "rarely"],
    ]),
  );
  await answer(2);
  log.length = 0;
  const at = new Map<string, number[]>();
  for (let minute = 1; minute <= 180; minute++) {
    await run(1);
    for (const line of log.splice(0))
      if (line.startsWith("post"))
        at.set(line.slice(5), [...(at.get(line.slice(5)) ?? []), minute]);
  }
  expect(at.get(early)).toEqual([60, 120, 180]);
  expect(at.get(late)).toEqual([30, 90, 150]);
});

test("topics wanted rarely that come later are looked at at once when they are few, and wait for their minute when many", async () => {
  follow("a");
  await answer();
  await run(2);
  const few = `40${"00".repeat(31)}`;
  const paces = new Map<string, Pace>([["a", "always"]]);
  topics.follow(paces.set(few, "rarely"));
  expect(log).toContain(`post ${few}`);
  await run(1);
  const many = Array.from(
    { length: 60 },
    (_, at) => `80${"00".repeat(30)}${at.toString(16).padStart(2, "0")}`,
  );
  for (const one of many) paces.set(one, "rarely");
  topics.follow(paces);
  const posted = () => many.filter((one) => log.includes(`post ${one}`)).length;
  await run(26);
  expect(posted()).toBe(0);
  await run(10);
  expect(posted()).toBe(60);
});

test("ME2: a topic of tomorrow that becomes today's has a new notice within eight minutes", async () => {
  const key = "80".repeat(32);
  followAt("rarely", key);
  await answer();
  await run(1);
  log.length = 0;
  followAt("always", key);
  await run(8);
  expect(log).toContain(`post ${key}`);
});

test("where calls no longer come through notices are renewed within half a minute, where it is meant", async () => {
  follow("a", "b");
  await answer(2);
  await run(1);
  log.length = 0;
  topics.hurry((key) => key === "b");
  clock.advance(21_000);
  expect(log).toEqual(["post b"]);
});

test("ME10: when the network is there again after long, also what is wanted rarely is looked at within half a minute, and the topics of a new day as at a start; half an hour later at the earliest once more", async () => {
  const key = `80${"00".repeat(31)}`;
  const many = Array.from(
    { length: 60 },
    (_, at) => `c0${"00".repeat(30)}${at.toString(16).padStart(2, "0")}`,
  );
  const posted = () => log.filter((line) => line.startsWith("post")).length;
  followAt("rarely", key);
  await answer();
  await run(59);
  log.length = 0;
  topics.comeBack();
  clock.advance(21_000);
  expect(log).toEqual([`post ${key}`]);
  await answer();
  topics.follow(new Map([key, ...many].map((one) => [one, "rarely"])));
  for (let round = 0; round < 20; round++) await answer(6);
  expect(posted()).toBe(61);
  log.length = 0;
  topics.comeBack();
  clock.advance(21_000);
  expect(posted()).toBe(0);
});

test("ME10: what nobody took a notice of is tried again within two seconds when the network is there again", async () => {
  follow("a");
  for (let tries = 0; tries < 6; tries++) {
    await answer(1, false);
    clock.advance(5 * MINUTE_MS + 1_000);
  }
  await answer(1, false);
  log.length = 0;
  topics.comeBack();
  clock.advance(3_000);
  expect(log).toEqual(["post a"]);
  topics.comeBack();
  await answer(1, false);
  clock.advance(3_000);
  expect(log).toEqual(["post a", "post a"]);
});

test("a topic no longer wanted is left, and not looked at again", async () => {
  follow("a", "b");
  await answer(2);
  follow("b");
  clock.advance(500);
  await answer();
  expect(log).toEqual(["post a", "post b", "leave a", "glance b"]);
  await run(60);
  expect(log.filter((line) => line === "post a")).toHaveLength(1);
});

test("a topic no longer wanted before its turn is never come to", async () => {
  follow("a", "b", "c", "d", "e", "f", "g", "h");
  follow("a", "b", "c", "d", "e", "f", "h");
  await answer(6);
  expect(log.filter((line) => line.startsWith("post")).slice(6)).toEqual([
    "post h",
  ]);
});

test("after stop nothing more is done", async () => {
  follow("a", "b", "c", "d", "e", "f", "g");
  await answer();
  const before = log.length;
  topics.stop();
  await answer(10);
  clock.advance(60 * MINUTE_MS);
  expect(log.slice(before)).toEqual([]);
  expect(clock.due).toEqual([]);
});
