import type NoiseSecretStream from "@hyperswarm/secret-stream";
import * as c from "compact-encoding";
import HyperDHT from "hyperdht";
import sodium from "sodium-universal";
import type { Address } from "./port.ts";

/**
 * What nodes of the DHT are asked, as they read it. The library does the same,
 * but asks twenty nodes each time, and has no way to ask fewer.
 */
export const COMMAND = {
  findPeer: 2,
  lookup: 3,
  announce: 4,
  unannounce: 5,
} as const;

/** Records a node gives for one target; more are not believed. */
const PEERS_MOST = 32;
/** Nodes that a record may say to be called through. */
const RELAYS_MOST = 8;
const ADDRESS_BYTES = 6;

/** Says that a key is there, or is no longer, to the node that gave the token. */
export function signedRecord(
  command: typeof COMMAND.announce | typeof COMMAND.unannounce,
  keyPair: NoiseSecretStream.KeyPair,
  relays: readonly Address[],
  to: { readonly target: Buffer; readonly id: Buffer; readonly token: Buffer },
): Buffer {
  const peer = Buffer.concat([
    keyPair.publicKey,
    Buffer.from([relays.length]),
    packAddresses(relays),
  ]);
  const record = Buffer.concat([to.target, to.id, to.token, peer]);
  const signed = Buffer.concat([namespace(command), HyperDHT.hash(record)]);
  const signature = Buffer.alloc(64);
  sodium.crypto_sign_detached(signature, signed, keyPair.secretKey);
  const HAS_PEER = 1;
  const HAS_SIGNATURE = 4;
  return Buffer.concat([
    Buffer.from([HAS_PEER | HAS_SIGNATURE]),
    peer,
    signature,
  ]);
}

/** The records in the answer of a node; none for anything that is no answer. */
export function readPeers(value: Buffer | null): readonly HyperDHT.Peer[] {
  if (value === null) return [];
  try {
    const state = c.state(0, value.length, value);
    const count = c.uint.decode(state);
    if (count > PEERS_MOST) return [];
    const peers: HyperDHT.Peer[] = [];
    for (let index = 0; index < count; index++) {
      const publicKey = Buffer.from(c.fixed32.decode(state));
      const relays = c.uint.decode(state);
      if (relays > RELAYS_MOST) return [];
      const relayAddresses = Array.from({ length: relays }, () =>
        c.ipv4Address.decode(state),
      ).map(({ host, port }) => ({ host, port }));
      peers.push({ publicKey, relayAddresses });
    }
    return peers;
  } catch {
    return [];
  }
}

/** Nodes are numbered by their address, so that nobody chooses their place. */
export function nodeId(address: Address): Buffer {
  return HyperDHT.hash(packAddresses([address]));
}

/** Negative when `a` is nearer to the target than `b`. */
export function compareDistance(target: Buffer, a: Buffer, b: Buffer): number {
  for (const [index, byte] of target.entries()) {
    const left = byte ^ (a[index] ?? 0);
    const right = byte ^ (b[index] ?? 0);
    if (left !== right) return left - right;
  }
  return 0;
}

/** Six bytes each: of a thousand topics the nodes are remembered. */
export function packAddresses(addresses: readonly Address[]): Buffer {
  const packed = Buffer.alloc(addresses.length * ADDRESS_BYTES);
  const state = c.state(0, packed.length, packed);
  for (const address of addresses) c.ipv4Address.encode(state, address);
  return packed;
}

export function unpackAddresses(packed: Buffer): readonly Address[] {
  const state = c.state(0, packed.length, packed);
  return Array.from({ length: packed.length / ADDRESS_BYTES }, () => {
    const { host, port } = c.ipv4Address.decode(state);
    return { host, port };
  });
}

/** What the DHT's library signs with, so that no signature serves for anything else. */
function namespace(command: number): Buffer {
  const name = HyperDHT.hash(Buffer.from("hyperswarm/dht"));
  return HyperDHT.hash(Buffer.concat([name, Buffer.from([command])]));
}
