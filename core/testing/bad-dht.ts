import createTestnet from "@hyperswarm/testnet";
import type { Resource } from "#core/base/resource.ts";
import { COMMAND } from "#core/network/dht-wire.ts";
import type { Address } from "#core/network/port.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";

/** A private DHT of which some nodes do harm. */
export interface BadDht extends Resource {
  readonly bootstrap: readonly Address[];
  /** How often each kind of harm was done. */
  readonly harm: Readonly<Record<Harm, number>>;
}

/** Takes requests and says nothing; makes up who is there and keeps nothing; names nodes that are none. */
const KINDS = ["drops", "lies", "points-elsewhere"] as const;
type Harm = (typeof KINDS)[number];

const NODES = 50;
const NAMES_PEERS: readonly number[] = [COMMAND.findPeer, COMMAND.lookup];
/** Nobody listens at the ports below this one on a computer that runs tests. */
const DEAD_PORTS = 9;

/** Opens one whose nodes, but those it is entered by, do harm in this share. */
export async function openBadDht(seed: string, share: number): Promise<BadDht> {
  const random = seededRandom(seed);
  const testnet = await createTestnet(NODES, { host: "127.0.0.1" });
  const harm = { drops: 0, lies: 0, "points-elsewhere": 0 };
  const own = new Set(testnet.bootstrap.map(({ port }) => port));
  const others = random
    .shuffle(testnet.nodes)
    .filter((node) => !own.has(portOf(node)));
  const bad = others.slice(0, Math.round(NODES * share));
  for (const [index, node] of bad.entries()) {
    const kind = KINDS[index % KINDS.length] ?? "drops";
    spoil(node, kind, random, () => {
      harm[kind] += 1;
    });
  }
  return {
    bootstrap: testnet.bootstrap,
    harm,
    close: () => testnet.destroy(),
  };
}

function spoil(
  node: object,
  kind: Harm,
  random: SeededRandom,
  onHarm: () => void,
): void {
  const io: unknown = Reflect.get(node, "io");
  const table: unknown = Reflect.get(node, "table");
  if (!isIo(io) || !isTable(table)) throw new Error("no node");
  const honest = io.onrequest;
  io.onrequest = (request, isExternal) => {
    // Whoever does not even answer a ping is soon forgotten, and does no harm.
    if (!isRequest(request) || request.internal) {
      honest(request, isExternal);
      return;
    }
    if (kind === "points-elsewhere") honest(request, isExternal);
    if (kind !== "lies") {
      onHarm();
      return;
    }
    const isAsked = NAMES_PEERS.includes(request.command);
    onHarm();
    request.sendReply(0, isAsked ? madeUp(random) : null, isAsked, isAsked);
  };
  if (kind === "points-elsewhere")
    table.closest = () => {
      onHarm();
      return Array.from({ length: NODES }, () => ({
        id: random.bytes(32),
        host: "127.0.0.1",
        port: 1 + random.below(DEAD_PORTS),
      }));
    };
}

/** Two people whom nobody knows, to be called through a node that is none. */
function madeUp(random: SeededRandom): Buffer {
  const one = (): Buffer =>
    Buffer.concat([
      random.bytes(32),
      Buffer.of(1, 127, 0, 0, 1, DEAD_PORTS, 0),
    ]);
  return Buffer.concat([Buffer.of(2), one(), one()]);
}

function portOf(node: object): number {
  const address: unknown = Reflect.get(node, "address");
  const found: unknown =
    typeof address === "function" ? Reflect.apply(address, node, []) : null;
  const port: unknown =
    typeof found === "object" && found !== null
      ? Reflect.get(found, "port")
      : null;
  return Number(port);
}

interface Io {
  onrequest: (request: unknown, isExternal: unknown) => void;
}

interface Table {
  closest: () => readonly object[];
}

interface Request {
  readonly internal: boolean;
  readonly command: number;
  sendReply(
    error: number,
    value: Buffer | null,
    hasToken: boolean,
    hasCloser: boolean,
  ): void;
}

function isIo(value: unknown): value is Io {
  return typeof value === "object" && value !== null && "onrequest" in value;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "closest" in value;
}

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && value !== null && "sendReply" in value;
}
