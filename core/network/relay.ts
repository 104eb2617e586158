import BlindRelay from "blind-relay";
import HyperDHT from "hyperdht";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";

/** Lines carried for others at one time, two sessions each. */
const SESSIONS = 64;

/** A helper: carries lines between two devices that cannot reach each other (ME9). */
export interface Relay extends Resource {
  /** What contacts need to ask for it: of this run, and told to nobody else. */
  readonly publicKey: Buffer;
}

export interface RelayOptions {
  readonly dht: HyperDHT;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * Serves as a helper. What it carries is encrypted between the two ends; it sees
 * their addresses, when they talk and how much. Datagrams are passed on by the
 * library's native code, below JavaScript.
 */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const { dht, random, logger } = options;
  const keyPair = HyperDHT.keyPair(random.bytes(32));
  const relay = new BlindRelay.Server({
    createStream: (streamOptions) => dht.createRawStream(streamOptions),
  });
  let sessions = 0;
  const server = dht.createServer(
    { firewall: () => sessions >= SESSIONS },
    (stream) => {
      stream.on("error", () => undefined);
      sessions += 1;
      stream.once("close", () => {
        sessions -= 1;
      });
      const session = relay.accept(stream, { id: stream.remotePublicKey });
      session.on("error", () => {
        stream.destroy();
      });
    },
  );
  await server.listen(keyPair);
  logger.info("helping contacts reach each other");
  return {
    publicKey: keyPair.publicKey,
    async close() {
      await relay.close();
      await server.close();
    },
  };
}
