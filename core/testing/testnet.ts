import createTestnet from "@hyperswarm/testnet";
import type { Resource } from "#core/base/resource.ts";
import type { Address } from "#core/network/port.ts";

/** With three nodes the library's own view of the network stays unsure, and connections fail at random. */
const NODES = 10;

/** A private DHT on the loopback interface. */
export interface Testnet extends Resource {
  readonly bootstrap: readonly Address[];
}

export async function openTestnet(size = NODES): Promise<Testnet> {
  const testnet = await createTestnet(size, { host: "127.0.0.1" });
  return {
    bootstrap: testnet.bootstrap,
    close: () => testnet.destroy(),
  };
}
