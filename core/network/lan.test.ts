import { createSocket } from "node:dgram";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { acceptNetwork } from "./acceptance.ts";
import { createLanNetwork } from "./lan.ts";

/** A UDP port of this run: what others on this computer announce is not heard. */
const multicastPort = await new Promise<number>((resolve) => {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1", () => {
    const { port } = socket.address();
    socket.close(() => {
      resolve(port);
    });
  });
});

acceptNetwork({
  name: "local",
  create: () =>
    createLanNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      preferredPort: 0,
      host: "127.0.0.1",
      multicastPort,
    }),
  meetsByTopic: false,
  // Whatever they want: the meet protocol ends lines of strangers.
  meetsAll: true,
  meetsByAddress: true,
  manyTopics: 0,
  holdsBack: true,
  patienceMs: 5_000,
});
