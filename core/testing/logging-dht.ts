import createTestnet from "@hyperswarm/testnet";
import * as c from "compact-encoding";
import type { Resource } from "#core/base/resource.ts";
import type { Address } from "#core/network/port.ts";

/** A datagram that came to a node. */
export interface Datagram {
  /** The port it came from: whoever runs there. */
  readonly from: number;
  /** The node, by the port that it listens on. */
  readonly to: number;
  readonly bytes: Buffer;
}

/** A request as nodes read it; null for what is none. */
export interface DhtRequest {
  readonly from: number;
  readonly to: number;
  /** -1 for what nodes ask of each other to know the network. */
  readonly command: number;
  /** Where nodes stand in the network, as it follows from their address. */
  readonly id: Buffer | null;
  /** Made by the node, of the address of whoever asked. */
  readonly token: Buffer | null;
  readonly target: string | null;
  readonly value: Buffer | null;
}

/** A private DHT whose nodes write down everything that comes to them. */
export interface LoggingDht extends Resource {
  readonly bootstrap: readonly Address[];
  /** Ids of its nodes, in hexadecimal: they follow from addresses and are known to all. */
  readonly ids: readonly string[];
  /** Everything so far, without what the nodes said to each other. */
  heard(): readonly Datagram[];
  forget(): void;
}

const NODES = 20;

export async function openLoggingDht(): Promise<LoggingDht> {
  const testnet = await createTestnet(NODES, { host: "127.0.0.1" });
  const all: Datagram[] = [];
  const own = new Set<number>();
  for (const node of testnet.nodes) {
    const io: unknown = Reflect.get(node, "io");
    if (typeof io !== "object" || io === null) throw new Error("no sockets");
    for (const name of ["serverSocket", "clientSocket"]) {
      const socket: unknown = Reflect.get(io, name);
      if (!isSocket(socket)) throw new Error("no socket");
      const to = socket.address().port;
      own.add(to);
      socket.on("message", (bytes, { port }) => {
        all.push({ from: port, to, bytes: Buffer.from(bytes) });
      });
    }
  }
  return {
    bootstrap: testnet.bootstrap,
    ids: testnet.nodes.map((node) => node.id?.toString("hex") ?? ""),
    heard: () => all.filter(({ from }) => !own.has(from)),
    forget() {
      all.length = 0;
    },
    close: () => testnet.destroy(),
  };
}

interface Socket {
  address(): { readonly port: number };
  on(
    event: "message",
    listener: (bytes: Uint8Array, from: { readonly port: number }) => void,
  ): void;
}

function isSocket(value: unknown): value is Socket {
  return (
    typeof value === "object" &&
    value !== null &&
    "address" in value &&
    "on" in value
  );
}

/** The fields of a request; see `Request.decode` of the DHT's library. */
export function readDhtRequest(datagram: Datagram): DhtRequest | null {
  const { from, to, bytes } = datagram;
  const REQUEST = 3;
  if (bytes[0] !== REQUEST) return null;
  try {
    const state = c.state(1, bytes.length, bytes);
    const flags = c.uint.decode(state);
    state.start += 2 + 6;
    const id = flags & 1 ? Buffer.from(c.fixed32.decode(state)) : null;
    const token = flags & 2 ? Buffer.from(c.fixed32.decode(state)) : null;
    const isInternal = (flags & 4) !== 0;
    const command = c.uint.decode(state);
    const target =
      flags & 8 ? Buffer.from(c.fixed32.decode(state)).toString("hex") : null;
    const found = flags & 16 ? c.buffer.decode(state) : null;
    const value = found === null ? null : Buffer.from(found);
    const named = isInternal ? -1 : command;
    return { from, to, command: named, id, token, target, value };
  } catch {
    return null;
  }
}
