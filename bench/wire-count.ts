import HyperDHT from "hyperdht";

const dhts = new Set<HyperDHT>();
/** Datagrams that the DHT sends by itself: its library counts only those of streams. */
let datagrams = 0;
let datagramBytes = 0;

/** Counts what the DHTs of this process send and receive; called before the first is made. */
export function countWire(): void {
  const original: unknown = Reflect.get(HyperDHT.prototype, "createServer");
  if (typeof original !== "function") throw new Error("no createServer");
  Reflect.set(
    HyperDHT.prototype,
    "createServer",
    function (this: HyperDHT, ...args: unknown[]): unknown {
      if (dhts.size === 0) countDatagrams(this);
      dhts.add(this);
      const server: unknown = Reflect.apply(original, this, args);
      return server;
    },
  );
}

/** All sockets have one prototype. */
function countDatagrams(dht: HyperDHT): void {
  const udx: unknown = Reflect.get(dht, "udx");
  if (!isObject(udx)) throw new Error("no sockets");
  const createSocket: unknown = Reflect.get(udx, "createSocket");
  if (typeof createSocket !== "function") throw new Error("no sockets");
  const socket: unknown = Reflect.apply(createSocket, udx, []);
  const shape: unknown = isObject(socket)
    ? Object.getPrototypeOf(socket)
    : null;
  if (!isObject(shape)) throw new Error("no sockets");
  for (const name of ["send", "trySend"]) {
    const send: unknown = Reflect.get(shape, name);
    if (typeof send !== "function") throw new Error(`no ${name}`);
    Reflect.set(shape, name, function (this: unknown, ...args: unknown[]) {
      const [bytes] = args;
      datagrams += 1;
      datagramBytes += bytes instanceof Uint8Array ? bytes.length : 0;
      const sent: unknown = Reflect.apply(send, this, args);
      return sent;
    });
  }
}

/** What every datagram has before its bytes: IP and UDP. */
const HEADER_BYTES = 28;

/** Bytes that went over the wire so far, in both directions, headers with them. */
export function wireBytes(): number {
  let bytes = datagramBytes + HEADER_BYTES * datagrams;
  for (const dht of dhts) {
    const udx: unknown = Reflect.get(dht, "udx");
    if (!isObject(udx)) continue;
    for (const way of ["Transmitted", "Received"]) {
      bytes += Number(Reflect.get(udx, `bytes${way}`));
      bytes += HEADER_BYTES * Number(Reflect.get(udx, `packets${way}`));
    }
  }
  return bytes;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
