import createTestnet from "@hyperswarm/testnet";
import * as c from "compact-encoding";
import type { Resource } from "#core/base/resource.ts";
import type { Address } from "#core/network/port.ts";

/** A datagram that came to a node. */
export interface Datagram {
  /** The port it came from: whoever runs there. */
  readonly from: number;
  readonly bytes: Buffer;
}

/** A request as nodes read it; null for what is none. */
export interface DhtRequest {
  readonly from: number;
  readonly command: number;
  readonly target: string | null;
  readonly value: Buffer | null;
}

/** A private DHT whose nodes write down everything that comes to them. */
export interface LoggingDht extends Resource {
  readonly bootstrap: readonly Address[];
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
      own.add(socket.address().port);
      socket.on("message", (bytes, { port }) => {
        all.push({ from: port, bytes: Buffer.from(bytes) });
      });
    }
  }
  return {
    bootstrap: testnet.bootstrap,
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
export function readDhtRequest({ from, bytes }: Datagram): DhtRequest | null {
  const REQUEST = 3;
  if (bytes[0] !== REQUEST) return null;
  try {
    const state = c.state(1, bytes.length, bytes);
    const flags = c.uint.decode(state);
    state.start += 2 + 6 + (flags & 1 ? 32 : 0) + (flags & 2 ? 32 : 0);
    const isInternal = (flags & 4) !== 0;
    const command = c.uint.decode(state);
    const target =
      flags & 8 ? Buffer.from(c.fixed32.decode(state)).toString("hex") : null;
    const found = flags & 16 ? c.buffer.decode(state) : null;
    const value = found === null ? null : Buffer.from(found);
    return { from, command: isInternal ? -1 : command, target, value };
  } catch {
    return null;
  }
}
