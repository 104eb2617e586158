import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Line, Network } from "#core/network/port.ts";
import { rendezvousOf } from "#core/network/rendezvous.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { blake2b } from "#core/spaces/hash.ts";
import { topicOf } from "#core/spaces/topics.ts";
import { openLoggingDht, readDhtRequest } from "#core/testing/logging-dht.ts";
import type { DhtRequest, LoggingDht } from "#core/testing/logging-dht.ts";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";

const PATIENT = { timeoutMs: 40_000 };
const CONTACTS = 50;
const DAYS = [20_000, 20_001, 20_002] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A command of the DHT's library, and the key in what it carries. */
const ANNOUNCE = 4;
const [KEY_START, KEY_END] = [1, 33];
const VALUE_BYTES = 32;

let dht: LoggingDht;

beforeAll(async () => {
  dht = await openLoggingDht();
});
afterAll(() => dht.close());

interface Person {
  readonly network: Network;
  readonly lines: Line[];
  readonly readKeys: readonly Buffer[];
}

function openPerson(clock: ManualClock, readKeys: readonly Buffer[]): Person {
  const network = createSwarmNetwork({
    clock,
    random: systemRandom,
    logger: silentLogger,
    bootstrap: dht.bootstrap,
    host: "127.0.0.1",
  });
  onTestFinished(() => network.close());
  const lines: Line[] = [];
  network.onLine((line) => lines.push(line));
  return { network, lines, readKeys };
}

/** What nodes may connect with each other: where a topic shows, and its name here. */
function targetsOf(people: readonly Person[]): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const { readKeys } of people)
    for (const readKey of readKeys)
      for (const day of DAYS) {
        const secret = topicOf(readKey, day);
        const { target } = rendezvousOf(secret, Buffer.alloc(32));
        const contact = readKey.toString("hex", 0, 8);
        targets.set(target.toString("hex"), `${contact} ${String(day)}`);
      }
  return targets;
}

const all: DhtRequest[] = [];
let read = 0;
/** Everything that nodes were asked; each datagram is read once. */
function requests(): readonly DhtRequest[] {
  const heard = dht.heard();
  for (const one of heard.slice(read)) {
    const request = readDhtRequest(one);
    if (request !== null) all.push(request);
  }
  read = heard.length;
  return all;
}

function announced(targets: ReadonlyMap<string, string>, day: number): number {
  const found = new Set<string>();
  for (const { command, target } of requests())
    if (command === ANNOUNCE && target !== null) found.add(target);
  return [...found].filter((one) => targets.get(one)?.endsWith(String(day)))
    .length;
}

function hasOneLine({ lines }: Person): boolean {
  return lines.filter(({ stream }) => !stream.destroying).length === 1;
}

function keyIn({ value }: DhtRequest): Buffer | null {
  return value === null ? null : value.subarray(KEY_START, KEY_END);
}

test("M2, ME2: of 2 people with 50 contacts on 3 days nodes see no value of 32 bytes at two contacts or on two days", async () => {
  const clock = createManualClock(DAYS[0] * DAY_MS + DAY_MS / 2);
  const shared = systemRandom.bytes(32);
  const keys = () => [
    shared,
    ...Array.from({ length: CONTACTS - 1 }, () => systemRandom.bytes(32)),
  ];
  const people = [openPerson(clock, keys()), openPerson(clock, keys())];
  const targets = targetsOf(people);
  expect(targets.size).toBe((2 * CONTACTS - 1) * DAYS.length);
  const nodeIds = new Set<string>();
  for (const day of DAYS) {
    for (const { network, readKeys } of people)
      network.want({
        topics: readKeys.map((key) => topicOf(key, day)),
        addresses: [],
      });
    // Each day a new line: what calling sends is looked at too.
    for (const { lines } of people)
      for (const line of lines.splice(0)) line.close();
    await untilTrue(
      () => {
        clock.advance(25);
        return (
          announced(targets, day) === 2 * CONTACTS - 1 &&
          people.every(hasOneLine)
        );
      },
      Boolean,
      PATIENT,
    );
    clock.advance(DAY_MS);
  }
  for (const id of dht.ids) nodeIds.add(id);

  requests();
  /** Where the calls for a key go, by the topic it was announced at. */
  const selves = new Map<string, string>();
  for (const one of all) {
    const at = targets.get(one.target ?? "");
    const key = keyIn(one);
    if (one.command !== ANNOUNCE || at === undefined || key === null) continue;
    selves.set(blake2b(32, [key]).toString("hex"), at);
  }
  // Two devices on the topic they share, each day.
  expect(selves.size).toBe(2 * CONTACTS * DAYS.length);

  const seen = new Map<string, string>();
  const repeated = new Set<string>();
  const strange: DhtRequest[] = [];
  function note(value: string, at: string): void {
    const before = seen.get(value) ?? at;
    seen.set(value, before);
    if (before !== at) repeated.add(`${value}: ${before}, ${at}`);
  }
  const tokens = new Map<string, Set<number>>();
  for (const one of all) {
    const { command, id, token, target, value, to } = one;
    expect(id).toBeNull();
    if (token !== null) {
      const name = token.toString("hex");
      tokens.set(name, (tokens.get(name) ?? new Set()).add(to));
    }
    if (target === null || nodeIds.has(target)) continue;
    const at = targets.get(target) ?? selves.get(target);
    if (at === undefined && command !== -1) strange.push(one);
    note(target, at ?? `the network itself, ${String(one.from)}`);
    for (let from = 0; from + VALUE_BYTES <= (value?.length ?? 0); from++)
      note(
        value?.toString("latin1", from, from + VALUE_BYTES) ?? "",
        at ?? "?",
      );
  }
  expect(seen.size).toBeGreaterThan(20_000);
  expect([...repeated]).toEqual([]);
  // Nothing is asked that is neither a topic nor a key of one.
  expect(strange).toEqual([]);
  // A token goes back to the node that made it, and to no other.
  expect(tokens.size).toBeGreaterThan(10);
  expect([...tokens.values()].every(({ size }) => size === 1)).toBe(true);
}, 120_000);
