import { afterAll, beforeAll } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { acceptNetwork } from "./acceptance.ts";
import { createSwarmNetwork } from "./swarm.ts";

let testnet: Testnet | null = null;

beforeAll(async () => {
  testnet = await openTestnet();
});

afterAll(async () => {
  await testnet?.close();
});

acceptNetwork({
  name: "swarm",
  create: () =>
    createSwarmNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      bootstrap: testnet?.bootstrap ?? [],
      host: "127.0.0.1",
    }),
  meetsByTopic: true,
  meetsByAddress: false,
  manyTopics: 30,
  holdsBack: false,
  patienceMs: 20_000,
});
