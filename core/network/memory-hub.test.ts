import { expect, test } from "vitest";
import { createGates } from "#core/testing/gate.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import {
  createMemoryHub,
  type MemoryHub,
  type MemoryHubOptions,
} from "./memory.ts";
import type { Line, Network } from "./port.ts";

const WANTED = { topics: [Buffer.alloc(32, 1)], addresses: [] };

interface Device {
  readonly network: Network;
  readonly lines: Line[];
  live(): readonly Line[];
}

function device(hub: MemoryHub, name: string): Device {
  const network = hub.network(name);
  const lines: Line[] = [];
  network.onLine((line) => lines.push(line));
  network.want(WANTED);
  return {
    network,
    lines,
    live: () => lines.filter((line) => !line.stream.destroying),
  };
}

async function twoThatMet(options: MemoryHubOptions = {}) {
  const hub = createMemoryHub(options);
  const [a, b] = [device(hub, "a"), device(hub, "b")];
  await untilTrue(() => a.live().length === 1 && b.live().length === 1);
  return { hub, a, b };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

test("a held clock does not hold up a meeting", async () => {
  const clock = createManualClock();
  const { a, b } = await twoThatMet({ clock });
  expect(a.live()[0]?.handshakeHash).toEqual(b.live()[0]?.handshakeHash);
});

test("a cut closes the line and keeps the two apart until it is healed", async () => {
  const { hub, a, b } = await twoThatMet();
  hub.cut("a", "b");
  await turns();
  expect([a.live(), b.live()]).toEqual([[], []]);
  a.network.want(WANTED);
  await turns();
  expect([a.lines.length, b.lines.length]).toEqual([1, 1]);
  hub.heal("b", "a");
  await untilTrue(() => a.live().length === 1 && b.live().length === 1);
});

test("a cut between two leaves their lines to a third", async () => {
  const { hub, a, b } = await twoThatMet();
  const c = device(hub, "c");
  await untilTrue(() => c.live().length === 2);
  hub.cut("a", "b");
  await turns();
  expect([a, b, c].map((one) => one.live().length)).toEqual([1, 1, 2]);
});

test("a device unplugged is offline and alone until it is plugged in", async () => {
  const { hub, a, b } = await twoThatMet();
  hub.unplug("a");
  await turns();
  expect([a.network.online.peek(), b.network.online.peek()]).toEqual([
    false,
    true,
  ]);
  expect([a.live(), b.live()]).toEqual([[], []]);
  hub.plug("a");
  expect(a.network.online.peek()).toBe(true);
  await untilTrue(() => a.live().length === 1 && b.live().length === 1);
});

test("after an end closes the line, the next comes after a pause that grows", async () => {
  const clock = createManualClock();
  const { a, b } = await twoThatMet({ clock });
  const pauses: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    b.live()[0]?.close();
    await untilTrue(() => clock.due.length === 1);
    const [due = 0] = clock.due;
    pauses.push(due);
    clock.advance(due - 1);
    await turns();
    expect(a.live()).toEqual([]);
    clock.advance(1);
    await untilTrue(() => a.live().length === 1 && b.live().length === 1);
  }
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

test("lines pass through the gate a test puts between two devices", async () => {
  const gates = createGates();
  const { a, b } = await twoThatMet({ wire: gates.wire });
  const heard: string[] = [];
  b.live()[0]?.stream.on("data", (bytes: Buffer) =>
    heard.push(bytes.toString()),
  );
  gates.between("b", "a").pause();
  a.live()[0]?.stream.write(Buffer.from("held"));
  await turns();
  expect(heard).toEqual([]);
  gates.between("a", "b").resume();
  await untilTrue(() => heard.join("") === "held");
  gates.between("a", "b").cut();
  await untilTrue(() => a.lines.length === 2 && b.lines.length === 2);
  const [near] = a.live();
  b.live()[0]?.close();
  await near?.closed;
});

test("two devices of one name are a mistake of the test", () => {
  const hub = createMemoryHub();
  hub.network("a");
  expect(() => hub.network("a")).toThrow("a device named a is there already");
  expect(() => {
    hub.unplug("b");
  }).toThrow("no device named b");
});
