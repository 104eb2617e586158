import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { combineNetworks } from "#core/network/combined.ts";
import type { Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { createTcpNetwork } from "#core/network/tcp.ts";
import { createPeople, untilPost } from "#core/testing/people.ts";
import type { TestPeople, TestPerson } from "#core/testing/people.ts";
import { openTestnet } from "#core/testing/testnet.ts";
import type { Testnet } from "#core/testing/testnet.ts";

const TOOLS = {
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
  host: "127.0.0.1",
};

let people: TestPeople | undefined;
let testnet: Testnet | undefined;
afterEach(async () => {
  await people?.close();
  await testnet?.close();
  testnet = undefined;
});

/** TCP on loopback and nothing else: no DHT, no internet. */
function tcpOnly(preferredPort: number): () => Network {
  return () => createTcpNetwork({ ...TOOLS, preferredPort });
}

function post(person: TestPerson, text: string) {
  return person.core.handlers.post({
    text,
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
}

test("IN1: with no internet at all, the link alone brings two apps on one network together, and later starts find each other again", async () => {
  people = await createPeople();
  let ana = await people.add("Ana", { openNetwork: tcpOnly(47_811) });
  let ben = await people.add("Ben", { openNetwork: tcpOnly(47_812) });
  await people.befriend(ana, ben);
  await post(ana, "same room");
  await untilPost(ben, "same room");

  ana = await ana.restart();
  ben = await ben.restart();
  await post(ben, "again, after both were closed");
  await untilPost(ana, "again, after both were closed");
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("ME1: two whole cores meet over a DHT, become contacts and exchange posts", async () => {
  people = await createPeople();
  const { bootstrap } = (testnet = await openTestnet());
  const openNetwork = () =>
    combineNetworks([createSwarmNetwork({ ...TOOLS, bootstrap })]);
  const ana = await people.add("Ana", { openNetwork });
  const ben = await people.add("Ben", { openNetwork });
  await people.befriend(ana, ben);
  await post(ana, "over the DHT");
  await post(ben, "and back");
  await untilPost(ben, "over the DHT");
  await untilPost(ana, "and back");
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});
