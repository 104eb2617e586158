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
  /** `OrderedArrival`s as JSON: text crosses to a thread many times as fast as what is in it does. */
  readonly arrivals: string;
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

/** From the thread, in the order of the arrivals: `Placed` or `PlaceFailure` each, as JSON. */
export type PlaceAnswer = string;

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
  const ordered = arrivals.map(({ bytes, ...rest }): OrderedArrival => {
    const { changedAt: time } = rest;
    // JSON knows no other numbers; this too is no time of a file.
    const changedAt = Number.isFinite(time) ? time : -1;
    const arrival = { ...rest, changedAt };
    if (bytes === undefined) return { ...arrival, byteLength: null };
    all.set(bytes, at);
    at += bytes.byteLength;
    return { ...arrival, byteLength: bytes.byteLength };
  });
  return { destination, arrivals: JSON.stringify(ordered), bytes: all };
}

export function readOrder(order: PlaceOrder): readonly Arrival[] {
  let at = 0;
  return parseList(order.arrivals, isArrival).map(
    ({ byteLength, ...arrival }) => {
      if (byteLength === null) return arrival;
      const bytes = order.bytes.subarray(at, at + byteLength);
      at += byteLength;
      return { ...arrival, bytes };
    },
  );
}

export function writeResults(results: readonly PlaceResult[]): PlaceAnswer {
  return JSON.stringify(results.map(writeResult));
}

export function readResults(answer: PlaceAnswer): readonly PlaceResult[] {
  return parseList(answer, isResult).map(readResult);
}

function parseList<T>(json: string, is: (value: unknown) => value is T) {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list) || !list.every(is))
    throw new Error("a message of ours that is none");
  return list;
}

/** It comes from this very program: that it is one says enough. */
function isArrival(value: unknown): value is OrderedArrival {
  return typeof value === "object" && value !== null && "temp" in value;
}

function isResult(value: unknown): value is Placed | PlaceFailure {
  return (
    typeof value === "object" &&
    value !== null &&
    ("absolutePath" in value || "cause" in value)
  );
}

function writeResult(result: PlaceResult): Placed | PlaceFailure {
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

function readResult(result: Placed | PlaceFailure): PlaceResult {
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
