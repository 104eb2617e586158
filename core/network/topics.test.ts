import { beforeEach, expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { createTopics, type Topics } from "./topics.ts";

let log: string[];
let answers: (() => void)[];
let clock: ManualClock;
let topics: Topics;

beforeEach(() => {
  log = [];
  answers = [];
  clock = createManualClock();
  const look = (): Promise<boolean> =>
    new Promise((resolve) => {
      answers.push(() => {
        resolve(true);
      });
    });
  topics = createTopics({
    swarm: {
      join(topic) {
        log.push(`join ${topic.toString()}`);
        return {
          flushed: look,
          refresh() {
            log.push(`again ${topic.toString()}`);
            return look();
          },
        };
      },
      leave(topic) {
        log.push(`leave ${topic.toString()}`);
        return Promise.resolve();
      },
    },
    clock,
    random: { bytes: (size) => Buffer.alloc(size, 0x80) },
    logger: silentLogger,
  });
});

function follow(...names: string[]): void {
  topics.follow(new Map(names.map((name) => [name, Buffer.from(name)])));
}

async function answer(count = 1): Promise<void> {
  for (const done of answers.splice(0, count)) done();
  await new Promise((resolve) => setImmediate(resolve));
}

test("topics are joined six at a time, in the order they are wanted", async () => {
  follow("a", "b", "c", "d", "e", "f", "g", "h");
  expect(log).toEqual(
    ["a", "b", "c", "d", "e", "f"].map((name) => `join ${name}`),
  );
  await answer();
  expect(log.slice(6)).toEqual(["join g"]);
  await answer();
  expect(log.slice(7)).toEqual(["join h"]);
});

test("a second look follows each first one, but no first look waits for it", async () => {
  follow("a", "b", "c", "d", "e", "f", "g");
  await answer();
  clock.advance(500);
  expect(log.slice(6)).toEqual(["join g"]);
  await answer();
  expect(log.slice(7)).toEqual(["again a"]);
  await answer();
  clock.advance(500);
  await answer();
  expect(log.slice(8)).toEqual(["again b", "again c"]);
});

test("there is no third look", async () => {
  follow("a");
  for (let round = 0; round < 5; round += 1) {
    await answer();
    clock.advance(10_000);
  }
  expect(log).toEqual(["join a", "again a"]);
});

test("a topic no longer wanted is left, and not looked for again", async () => {
  follow("a", "b");
  await answer(2);
  follow("b");
  clock.advance(500);
  await answer();
  expect(log).toEqual(["join a", "join b", "leave a", "again b"]);
});

test("a topic no longer wanted before its turn is never joined", async () => {
  follow("a", "b", "c", "d", "e", "f", "g", "h");
  follow("a", "b", "c", "d", "e", "f", "h");
  await answer(6);
  expect(log.slice(6)).toEqual(["join h"]);
});

test("a topic wanted again is joined again", async () => {
  follow("a");
  await answer();
  follow();
  follow("a");
  await answer();
  expect(log).toEqual(["join a", "leave a", "join a"]);
});

test("after stop nothing more is joined or looked for", async () => {
  follow("a", "b", "c", "d", "e", "f", "g");
  await answer();
  const before = log.length;
  topics.stop();
  await answer(10);
  clock.advance(10_000);
  expect(log.slice(before)).toEqual([]);
  expect(clock.due).toEqual([]);
});
