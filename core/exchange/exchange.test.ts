import c from "compact-encoding";
import { afterEach, expect, test } from "vitest";
import { CHUNK_MESSAGE_BYTES } from "#core/contract/limits.ts";
import { createGate } from "#core/testing/gate.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
  type FilesDevice,
} from "#core/testing/files-device.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { until, untilTrue } from "#core/testing/until.ts";
import type { Outcome } from "./exchange-remote.ts";
import { encodeAsk, encodeIds, FILES_PROTOCOL, OPEN_ASKS } from "./wire.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const garden = testSpace("garden");
const KINDS = [
  "ask",
  "answer",
  "lack",
  "cancel",
  "holds",
  "held",
  "news",
  "map",
  "mapped",
];

const devices = createFilesDevices();
afterEach(() => devices.close());

/** A device with a line to somebody who writes what they like into the files channel. */
async function withStranger(device: FilesDevice) {
  const [near, far] = await createSessionPair([garden]);
  const received: { kind: string; bytes: Buffer }[] = [];
  device.sessions.add(near);
  const open = () => {
    const channel = far.mux.createChannel({
      protocol: FILES_PROTOCOL,
      messages: KINDS.map((kind) => ({
        encoding: c.raw,
        onmessage: (bytes) => received.push({ kind, bytes }),
      })),
    });
    channel?.open();
    return channel;
  };
  const channel = open();
  await until(device.exchange.remotes, (all) => all.length > 0);
  return {
    near,
    far,
    received,
    open,
    close: () => channel?.close(),
    send(kind: string, bytes: Buffer) {
      channel?.messages[KINDS.indexOf(kind)]?.send(bytes);
    },
  };
}

test("HO1: garbage of any kind ends its line, and the device goes on with others", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const content = testContent(testBytes(MIB));
  share(garden, content, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  for (const kind of KINDS) {
    const stranger = await withStranger(ana);
    // A number that goes on beyond the end.
    stranger.send(kind, Buffer.alloc(5, 0xff));
    await stranger.near.closed;
    expect(stranger.near.ended).toEqual([
      { rule: "files-format", error: undefined },
    ]);
  }
  await ben.fetcher.fetch(content);
  expect(ana.exchange.remotes.peek()).toHaveLength(1);
});

test("LI: a message over its limit ends its line", async () => {
  const ana = await devices.make();
  for (const kind of KINDS) {
    const stranger = await withStranger(ana);
    stranger.send(kind, Buffer.alloc(CHUNK_MESSAGE_BYTES + 1));
    await stranger.near.closed;
    expect(stranger.near.ended).toHaveLength(1);
  }
});

test("HO1: a throw while handling a message ends that line, not the app", async () => {
  const ana = await devices.make();
  const stranger = await withStranger(ana);
  ana.naming.isNamed = () => {
    throw new Error("index damaged");
  };
  const part = {
    kind: "chunk",
    index: 0,
    root: testContent(Buffer.of(1)).root,
  } as const;
  stranger.send("ask", encodeAsk({ first: 0, isUrgent: false, parts: [part] }));
  await stranger.near.closed;
  expect(stranger.near.ended).toMatchObject([{ rule: "files-handler" }]);
});

test("answers nobody asked for are faults", async () => {
  const ana = await devices.make();
  const stranger = await withStranger(ana);
  stranger.send("lack", encodeIds([7]));
  stranger.send("answer", Buffer.from([9, 1, 0]));
  stranger.send("held", Buffer.from([3, 0]));
  await untilTrue(() => stranger.near.faults.length === 3);
  expect(stranger.near.faults).toEqual([
    "files-answer-unasked",
    "files-answer-unasked",
    "files-held-unasked",
  ]);
});

test("LI: more open asks than the limit are a fault, and the line lives", async () => {
  const ana = await devices.make();
  const content = testContent(testBytes(MIB));
  share(garden, content, [ana], []);
  ana.reader.before = () => new Promise(() => undefined);
  const stranger = await withStranger(ana);
  const parts = Array.from({ length: OPEN_ASKS }, () => ({
    kind: "chunk" as const,
    root: content.root,
    index: 0,
  }));
  stranger.send("ask", encodeAsk({ first: 0, isUrgent: false, parts }));
  stranger.send(
    "ask",
    encodeAsk({ first: OPEN_ASKS, isUrgent: false, parts: parts.slice(0, 1) }),
  );
  await untilTrue(() => stranger.near.faults.length > 0);
  expect(stranger.near.faults).toEqual(["files-asks-many"]);
  // Reads are held to a few at a time, however many are asked for.
  expect(ana.reader.served.length).toBeLessThanOrEqual(16);
});

test("a cancelled ask is answered as lacking, without its bytes", async () => {
  const ana = await devices.make();
  const content = testContent(testBytes(64 * MIB));
  share(garden, content, [ana], []);
  const waiting: (() => void)[] = [];
  ana.reader.before = (bytes) =>
    new Promise((resolve) => {
      waiting.push(() => {
        resolve(bytes);
      });
    });
  const stranger = await withStranger(ana);
  const parts = Array.from({ length: 100 }, (_, index) => ({
    kind: "chunk" as const,
    root: content.root,
    index,
  }));
  stranger.send("ask", encodeAsk({ first: 0, isUrgent: false, parts }));
  await untilTrue(() => waiting.length > 0);
  stranger.send("cancel", encodeIds(parts.map(({ index }) => index)));
  await untilTrue(() => stranger.received.length > 0);
  for (const go of waiting) go();
  await untilTrue(
    () =>
      stranger.received
        .filter(({ kind }) => kind === "lack")
        .reduce((sum, { bytes }) => sum + bytes.byteLength, 0) === 100,
  );
  expect(stranger.received.some(({ kind }) => kind === "answer")).toBe(false);
  expect(stranger.near.faults).toEqual([]);
});

test("LI: an end that does not read is not read for", async () => {
  const gate = createGate();
  const ana = await devices.make();
  const content = testContent(testBytes(64 * MIB));
  share(garden, content, [ana], []);
  const [near, far] = await createSessionPair([garden], gate.ends);
  const ben = await devices.make();
  ben.naming.name(garden, content);
  ana.sessions.add(near);
  ben.sessions.add(far);
  await until(ben.exchange.remotes, (all) => all.length === 1);
  const [remote] = ben.exchange.remotes.peek();
  const outcomes: Outcome[] = [];
  remote?.ask(
    Array.from({ length: 256 }, (_, index) => ({
      part: { kind: "chunk", root: content.root, index },
      isUrgent: false,
      settle: (outcome) => outcomes.push(outcome),
    })),
  );
  await untilTrue(() => outcomes.length > 4);
  gate.pause();
  const before = ana.reader.served.length;
  await untilTrue(async () => {
    const count = ana.reader.served.length;
    for (let turn = 0; turn < 50; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    return ana.reader.served.length === count;
  });
  expect(ana.reader.served.length - before).toBeLessThan(20);
  gate.resume();
  await untilTrue(() => outcomes.length === 256);
  expect(outcomes.every((it) => Buffer.isBuffer(it))).toBe(true);
});

test("an urgent ask goes before what was asked earlier", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const [bulk, page] = [
    testContent(testBytes(64 * MIB)),
    testContent(testBytes(KIB)),
  ];
  for (const content of [bulk, page]) share(garden, content, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  await until(ben.exchange.remotes, (all) => all.length === 1);
  const [remote] = ben.exchange.remotes.peek();
  const order: string[] = [];
  const ask = (root: typeof bulk.root, index: number, isUrgent: boolean) => ({
    part: { kind: "chunk" as const, root, index },
    isUrgent,
    settle: () => order.push(isUrgent ? "urgent" : "bulk"),
  });
  remote?.ask(
    Array.from({ length: 200 }, (_, index) => ask(bulk.root, index, false)),
  );
  remote?.ask([ask(page.root, 0, true)]);
  await untilTrue(() => order.length === 201);
  expect(order.indexOf("urgent")).toBeLessThan(40);
});

test("two ends that attach at different moments find each other all the same", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const content = testContent(testBytes(MIB));
  share(garden, content, [ana], [ben]);
  const [near, far] = await createSessionPair([garden]);
  ana.sessions.add(near);
  // A whole round trip, in which the other end refuses the channel it does not know yet.
  const ping = { protocol: "test/ping", messages: [] };
  near.mux.createChannel(ping)?.open();
  await new Promise<void>((resolve) => {
    far.mux.createChannel({ ...ping, onopen: resolve })?.open();
  });
  ben.sessions.add(far);
  await ben.fetcher.fetch(content);
  expect([...near.faults, ...far.faults]).toEqual([]);
});

test("an end that reopens its channel over and over is at fault", async () => {
  const ana = await devices.make();
  const stranger = await withStranger(ana);
  stranger.close();
  await until(ana.exchange.remotes, (all) => all.length === 0);
  for (let round = 0; round < 3; round++) {
    const channel = stranger.open();
    await until(ana.exchange.remotes, (all) => all.length === 1);
    channel?.close();
    await until(ana.exchange.remotes, (all) => all.length === 0);
  }
  expect(stranger.near.faults).toContain("files-channel-reopened");
});
