import { expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import { testContent, testSpace } from "#core/testing/files-device.ts";
import { until } from "#core/testing/until.ts";
import { Serving } from "./exchange-serve.ts";
import { breathe } from "#core/base/breathe.ts";
import { decodeAnswers, type Part } from "./wire.ts";

const CHUNK = 256 * 1024;
const { root } = testContent(Buffer.from("anything"));

/** A line that is full for a while after each message, and a disk that fills the room it is given. */
function createServing() {
  const rooms = new Set<Buffer>();
  const faults: string[] = [];
  const sent = createState<readonly number[]>([]);
  const lacking = createState<readonly number[]>([]);
  let wrong = 0;
  const serving = new Serving(
    {
      session: {
        common: createState(new Set([testSpace("one")])),
        fault: (rule) => faults.push(rule),
      },
      naming: { isNamed: () => true },
      reader: {
        held: () => "all",
        list: () => Promise.resolve(null),
        async chunk(_root, index, room) {
          await breathe();
          if (room === undefined) throw new Error("no room");
          rooms.add(room);
          return room.fill(index);
        },
      },
      logger: silentLogger,
    },
    {
      send(kind, bytes, head) {
        if (kind === "lack") lacking.update((all) => [...all, 1]);
        if (kind !== "answer") return true;
        const message = Buffer.concat([head ?? Buffer.alloc(0), bytes]);
        for (const answer of decodeAnswers(message)) {
          // Each part asked for has the number of its chunk as its id.
          if (!answer.bytes.every((byte) => byte === answer.id)) wrong++;
          sent.update((all) => [...all, answer.id]);
        }
        setImmediate(() => {
          serving.drained();
        });
        return false;
      },
    },
  );
  return { serving, rooms, faults, sent, lacking, wrong: () => wrong };
}

function chunks(count: number): readonly Part[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "chunk",
    root,
    index,
  }));
}

test("memory that was sent is read into again, and no answer has another one's bytes", async () => {
  const { serving, rooms, faults, sent, wrong } = createServing();
  serving.ask({ first: 0, isUrgent: false, parts: chunks(200) });
  await until(sent, (ids) => ids.length === 200);
  expect(new Set(sent.peek()).size).toBe(200);
  expect([wrong(), faults]).toEqual([0, []]);
  // Two megabytes are read ahead.
  expect(rooms.size).toBeLessThanOrEqual(2 * 8);
  for (const room of rooms) expect(room.byteLength).toBe(CHUNK);
});

test("memory of answers that were cancelled is used again too", async () => {
  const { serving, rooms, sent, lacking, wrong } = createServing();
  for (let first = 0; first < 200; first += 20) {
    const parts = chunks(200).slice(first, first + 20);
    serving.ask({ first, isUrgent: first % 40 === 0, parts });
    await breathe();
    serving.cancel([first + 1, first + 3, first + 19]);
  }
  await until(sent, (ids) => ids.length >= 160);
  await until(lacking, (all) => all.length > 0);
  expect(wrong()).toBe(0);
  expect(rooms.size).toBeLessThanOrEqual(2 * 8);
});
