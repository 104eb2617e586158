import { createHash } from "node:crypto";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { combineNetworks } from "#core/network/combined.ts";
import { readAddress } from "#core/network/port.ts";
import type { Address, Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { createTcpNetwork } from "#core/network/tcp.ts";
import { createLanNetwork } from "#core/network/lan.ts";
import type { StartOptions } from "#core/rpc/shell-wire.ts";

const LOOPBACK = "127.0.0.1";
/** Ports that nobody registers. */
const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;

/** All ways to meet, as the options want them. Nothing is opened before something is wanted (ME8). */
export function openNetwork(
  options: StartOptions,
  tools: {
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger;
  },
): Network {
  const host = options.loopback ? { host: LOOPBACK } : {};
  const bootstrap = readBootstrap(options);
  const preferredPort = stablePort(options.dataFolder);
  return combineNetworks([
    // On loopback everybody would be found by everybody who tries this app out.
    options.loopback
      ? createTcpNetwork({ ...tools, ...host, preferredPort })
      : createLanNetwork({ ...tools, preferredPort }),
    createSwarmNetwork({
      ...tools,
      ...host,
      ...(bootstrap === null ? {} : { bootstrap }),
    }),
  ]);
}

/** Nodes to enter by; on loopback none but those named. Null: the public ones. */
function readBootstrap(options: StartOptions): readonly Address[] | null {
  if (options.bootstrap === null) return options.loopback ? [] : null;
  return options.bootstrap.flatMap((text) => readAddress(text) ?? []);
}

/** The same port at every start of one data folder, so that addresses others remember stay true. */
export function stablePort(dataFolder: string): number {
  const digest = createHash("sha256").update(dataFolder).digest();
  return FIRST_PORT + (digest.readUInt32BE(0) % (LAST_PORT - FIRST_PORT + 1));
}
