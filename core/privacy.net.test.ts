import z32 from "z32";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { blake2b } from "#core/spaces/hash.ts";
import { emptyCast, post } from "#core/testing/cast.ts";
import { openLoggingDht, readDhtRequest } from "#core/testing/logging-dht.ts";
import type { LoggingDht } from "#core/testing/logging-dht.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

const PATIENT = { timeoutMs: 40_000 };
const HOUR_MS = 60 * 60 * 1000;

let dht: LoggingDht | null = null;

beforeAll(async () => {
  dht = await openLoggingDht();
});
beforeEach(() => {
  dht?.forget();
});
afterAll(() => dht?.close());

function nodes(): LoggingDht {
  if (dht === null) throw new Error("no DHT");
  return dht;
}

/** The internet, with a record of all that came over its lines, decrypted. */
function openNetwork(heard: Buffer[] = []): Network {
  const network = createSwarmNetwork({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    bootstrap: nodes().bootstrap,
    host: "127.0.0.1",
  });
  return {
    ...network,
    onLine(listener) {
      network.onLine((line) => {
        line.stream.on("data", (bytes: Buffer) => {
          heard.push(Buffer.from(bytes));
        });
        listener(line);
      });
    },
  };
}

/** Every key that stands in what was said, and the discovery key of each. */
function keysIn(heard: readonly Buffer[]): Set<string> {
  const text = Buffer.concat(heard).toString("latin1");
  const tokens = text.match(
    /(?<![a-z0-9])[ybndrfg8ejkmcpqxot1uwisza345h769]{52}(?![a-z0-9])/g,
  );
  return new Set(tokens);
}

/** A key in every spelling that somebody could look for. */
function spellings(token: string): readonly string[] {
  const key = Buffer.from(z32.decode(token));
  const discovery = blake2b(32, [Buffer.from("hypercore")], key);
  return [key, discovery].flatMap((bytes) => [
    bytes.toString("latin1"),
    bytes.toString("hex"),
    bytes.toString("base64").slice(0, 42),
    z32.encode(bytes),
  ]);
}

function found(bytes: Buffer, words: readonly string[]): readonly string[] {
  const text = bytes.toString("latin1");
  return words.filter((word) => text.includes(word));
}

test("M1: nodes that write everything down, and a stranger with a used link, see no name, text or key of two contacts", async () => {
  const cast = await emptyCast();
  const [toAna, toBen, toEve]: [Buffer[], Buffer[], Buffer[]] = [[], [], []];
  const ana = await cast.add("Ana Canary", {
    openNetwork: () => openNetwork(toAna),
  });
  const ben = await cast.add("Ben Canary", {
    openNetwork: () => openNetwork(toBen),
  });
  const made = { lifeMs: HOUR_MS, uses: 1, message: "canary message" };
  const { link } = await ana.core.handlers.createInvite(made);
  await ben.core.handlers.openLink({ link });
  await until(ana.core.states.contacts({}), (all) => all.length === 1, PATIENT);
  await post(ana, "canary for contacts");
  await post(ben, "canary answer");
  await untilPost(ben, "canary for contacts");
  await untilPost(ana, "canary answer");
  const secret = new Set([...keysIn(toAna), ...keysIn(toBen)]);
  // Persons, devices, logs, feeds, the conversation.
  expect(secret.size).toBeGreaterThan(8);
  const nodesHeard = Buffer.concat(
    nodes()
      .heard()
      .map(({ bytes }) => bytes),
  );
  expect(nodesHeard.length).toBeGreaterThan(10_000);
  expect(
    found(nodesHeard, ["anary", ...[...secret].flatMap(spellings)]),
  ).toEqual([]);

  // What is looked for would be found: the topics are there.
  const topics = nodes()
    .heard()
    .flatMap((one) => readDhtRequest(one)?.target ?? [])
    .map((target) => Buffer.from(target, "hex").toString("latin1"));
  expect(found(nodesHeard, topics)).toHaveLength(topics.length);

  const eve = await cast.add("Eve", { openNetwork: () => openNetwork(toEve) });
  await eve.core.handlers.openLink({ link });
  await until(
    eve.core.states.invites({}),
    ({ opened }) => opened[0]?.state.stage === "refused",
    PATIENT,
  );
  await post(ana, "for everyone with a link", { audience: "link" });
  await untilPost(eve, "for everyone with a link");
  await delay(systemClock, 1_000);
  expect(feedOf(eve).peek().items).toHaveLength(1);
  const eveHeard = Buffer.concat(toEve);
  expect(eveHeard.length).toBeGreaterThan(500);
  // What the link names anyway is there, so it is looked for in the right way.
  const maker = ana.core.states.me({}).peek()?.person ?? "";
  expect(found(eveHeard, [maker])).toEqual([maker]);
  // What Ben said of himself, and what only contacts are told, comes to Eve in no spelling.
  const person = ben.core.states.me({}).peek()?.person ?? "";
  const ofContacts = [...keysIn(toAna)].filter(
    (key) => !keysIn(toBen).has(key),
  );
  expect(ofContacts.length).toBeGreaterThan(2);
  expect(
    found(eveHeard, [
      "Ben Canary",
      "canary for contacts",
      "canary answer",
      ...[person, ...ofContacts].flatMap(spellings),
    ]),
  ).toEqual([]);
  await ana.close();
}, 120_000);
