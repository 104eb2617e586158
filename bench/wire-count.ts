import HyperDHT from "hyperdht";

const dhts = new Set<HyperDHT>();

/** Counts what the DHTs of this process send and receive; called before the first is made. */
export function countWire(): void {
  const original: unknown = Reflect.get(HyperDHT.prototype, "createServer");
  if (typeof original !== "function") throw new Error("no createServer");
  Reflect.set(
    HyperDHT.prototype,
    "createServer",
    function (this: HyperDHT, ...args: unknown[]): unknown {
      dhts.add(this);
      const server: unknown = Reflect.apply(original, this, args);
      return server;
    },
  );
}

/** What every datagram has before its bytes: IP and UDP. */
const HEADER_BYTES = 28;

/** Bytes that went over the wire so far, in both directions, headers with them. */
export function wireBytes(): number {
  let bytes = 0;
  for (const dht of dhts) {
    const udx: unknown = Reflect.get(dht, "udx");
    if (typeof udx !== "object" || udx === null) continue;
    for (const way of ["Transmitted", "Received"]) {
      bytes += Number(Reflect.get(udx, `bytes${way}`));
      bytes += HEADER_BYTES * Number(Reflect.get(udx, `packets${way}`));
    }
  }
  return bytes;
}
