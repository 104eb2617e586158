import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { createGate, type Gate } from "./gate.ts";
import { createManualClock } from "./manual-clock.ts";

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

function listened(gate: Gate, end: 0 | 1): string[] {
  const heard: string[] = [];
  gate.ends[end].on("data", (bytes: Buffer) => heard.push(bytes.toString()));
  gate.ends[end].on("close", () => heard.push("close"));
  return heard;
}

test("bytes pass both ways", async () => {
  const gate = createGate();
  const heard = [listened(gate, 0), listened(gate, 1)];
  gate.ends[0].write("there");
  gate.ends[1].write("back");
  await turns();
  expect(heard).toEqual([["back"], ["there"]]);
});

test("a delay holds bytes for its time, in order", async () => {
  const clock = createManualClock();
  const gate = createGate(clock);
  const heard = listened(gate, 1);
  gate.delay(100);
  gate.ends[0].write("a");
  await turns();
  clock.advance(60);
  gate.ends[0].write("b");
  await turns();
  clock.advance(39);
  await turns();
  expect(heard).toEqual([]);
  clock.advance(1);
  await turns();
  expect(heard).toEqual(["a"]);
  clock.advance(60);
  await turns();
  expect(heard).toEqual(["a", "b"]);
});

test("a pause holds all, a closing too, and the line seems to stand", async () => {
  const gate = createGate();
  const heard = listened(gate, 1);
  gate.pause();
  gate.ends[0].write("a");
  await turns();
  gate.ends[0].destroy();
  await turns();
  expect(heard).toEqual([]);
  gate.resume();
  await turns();
  expect(heard).toEqual(["a", "close"]);
});

test("a paused gate holds the writing end back", async () => {
  const gate = createGate();
  gate.pause();
  let sent = 0;
  for (let round = 0; round < 100; round += 1) {
    if (gate.ends[0].writableNeedDrain) break;
    gate.ends[0].write(Buffer.alloc(65_536));
    sent += 65_536;
    await turns();
  }
  expect(sent).toBeLessThan(2_000_000);
  expect(gate.ends[0].writableNeedDrain).toBe(true);
  let heard = 0;
  gate.ends[1].on("data", (bytes: Buffer) => {
    heard += bytes.length;
  });
  gate.resume();
  await turns();
  await turns();
  expect(heard).toBe(sent);
});

test("a cut ends both at once and loses what was under way", async () => {
  const gate = createGate();
  const heard = listened(gate, 1);
  gate.pause();
  gate.ends[0].write("lost");
  await turns();
  gate.cut();
  gate.resume();
  await turns();
  expect(heard).toEqual(["close"]);
  expect(gate.ends[0].destroyed).toBe(true);
});

test("encrypted streams stand on it", async () => {
  const gate = createGate();
  const near = new NoiseSecretStream(true, gate.ends[0]);
  const far = new NoiseSecretStream(false, gate.ends[1]);
  expect(await Promise.all([near.opened, far.opened])).toEqual([true, true]);
  const bytes = Buffer.alloc(1_000_000, 7);
  let heard = 0;
  far.on("data", (piece: Buffer) => {
    heard += piece.length;
  });
  near.write(bytes);
  await turns();
  await turns();
  expect(heard).toBe(bytes.length);
  near.destroy();
  await turns();
  expect(far.destroying).toBe(true);
});
