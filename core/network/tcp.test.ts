import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { acceptNetwork } from "./acceptance.ts";
import { createTcpNetwork } from "./tcp.ts";

acceptNetwork({
  name: "tcp",
  create: () =>
    createTcpNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      preferredPort: 0,
      host: "127.0.0.1",
    }),
  meetsByTopic: false,
  meetsByAddress: true,
  manyTopics: 0,
  holdsBack: true,
  patienceMs: 5_000,
});
