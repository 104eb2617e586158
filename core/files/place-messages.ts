import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { Destination } from "./place-folder.ts";
import type { Arrival } from "./place-ready.ts";
import type { Placed, PlaceResult } from "./place.ts";

/** An arrival on its way to the thread; its bytes, if any, are the next so many of the order's. */
export interface OrderedArrival extends Omit<Arrival, "bytes"> {
  readonly byteLength: number | null;
}

/** To the thread: place these files. */
export interface PlaceOrder {
  readonly destination: Destination;
  readonly arrivals: readonly OrderedArrival[];
  /** Bytes of all arrivals one after another, so that they cross as one piece of memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const CODES = [
  "disk-full",
  "folder-missing",
  "folder-unreadable",
  "file-unreadable",
] as const;

/** An error cannot cross as it is: what is left of it. */
export interface PlaceFailure {
  readonly code: (typeof CODES)[number] | null;
  readonly name: string;
  readonly cause: string;
}

/** From the thread, in the order of the arrivals. */
export type PlaceAnswer = readonly (Placed | PlaceFailure)[];

/** @returns the order, whose `bytes` are the caller's to hand over */
export function writeOrder(
  destination: Destination,
  arrivals: readonly Arrival[],
): PlaceOrder {
  let size = 0;
  for (const { bytes } of arrivals) size += bytes?.byteLength ?? 0;
  // Not filled with zeros first, and no slice of Node's pool: it is handed over whole.
  const all = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
  let at = 0;
  const ordered = arrivals.map(({ bytes, ...arrival }): OrderedArrival => {
    if (bytes === undefined) return { ...arrival, byteLength: null };
    all.set(bytes, at);
    at += bytes.byteLength;
    return { ...arrival, byteLength: bytes.byteLength };
  });
  return { destination, arrivals: ordered, bytes: all };
}

export function readOrder(order: PlaceOrder): readonly Arrival[] {
  let at = 0;
  return order.arrivals.map(({ byteLength, ...arrival }) => {
    if (byteLength === null) return arrival;
    const bytes = order.bytes.subarray(at, at + byteLength);
    at += byteLength;
    return { ...arrival, bytes };
  });
}

export function writeResult(result: PlaceResult): Placed | PlaceFailure {
  if (result.kind === "placed") return result.placed;
  const { error } = result;
  const code = CODES.find((it) => isCoreError(error, it)) ?? null;
  const cause = isCoreError(error) ? error.cause : error;
  const details = isCoreError(error) ? error.details : {};
  return {
    code,
    name: "name" in details ? String(details.name) : "",
    cause: cause instanceof Error ? cause.message : String(cause),
  };
}

export function readResult(result: Placed | PlaceFailure): PlaceResult {
  if (!("cause" in result)) return { kind: "placed", placed: result };
  const { code, name } = result;
  const cause = new Error(result.cause);
  if (code === null) return { kind: "failed", error: cause };
  const error =
    code === "disk-full"
      ? new CoreError(code, {}, cause)
      : new CoreError(code, { name }, cause);
  return { kind: "failed", error };
}
