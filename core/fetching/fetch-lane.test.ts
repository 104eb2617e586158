import { expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import type { Ask, Remote } from "#core/exchange/exchange-remote.ts";
import { rootOf } from "#core/files/chunks.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { Lane, type Priority, type Work } from "./fetch-lane.ts";

const CHUNK = 256 * 1024;
const root = rootOf(Buffer.alloc(32));
const bytes = Buffer.alloc(CHUNK);

/** A lane whose other end answers when the test says so, and the messages it was sent. */
async function asked() {
  const [session] = await createSessionPair([]);
  const messages: (readonly Ask[])[] = [];
  const remote: Remote = {
    session,
    room: 1_024,
    ask: (asks) => messages.push(asks),
    cancel: () => undefined,
    held: () => Promise.resolve(null),
    map: () => Promise.resolve(null),
    tell: () => undefined,
  };
  const lane = new Lane(remote, createManualClock(), silentLogger);
  const open = (): readonly Ask[] => messages.flat();
  let settled = 0;
  return {
    lane,
    messages,
    open,
    async answer(count: number) {
      for (let at = 0; at < count; at++) {
        open()[settled++]?.settle(bytes);
        await turn();
      }
    },
  };
}

function work(priority: Priority): Work {
  let index = 0;
  return {
    priority,
    take: () => ({
      part: { kind: "chunk", root, index: index++ },
      size: CHUNK,
      settle: () => null,
      stalled: () => undefined,
    }),
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("chunks are asked for several in a message, and never none while there is room", async () => {
  const { lane, messages, open, answer } = await asked();
  lane.offer(work("soon"));
  await turn();
  await answer(400);
  expect(messages.length).toBeLessThan(150);
  for (let at = 0; at < 40; at++) {
    await answer(1);
    expect(open().length).toBeGreaterThan(401 + at);
  }
});

test("what a person waits for is asked for with the first chunk that made room for it", async () => {
  const { lane, messages, answer } = await asked();
  lane.offer(work("now"));
  await turn();
  await answer(200);
  expect(messages.length).toBeGreaterThan(195);
});
