import { join, sep } from "node:path";
import { readOwnList } from "#core/base/own-list.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { chunkSizeFor } from "./chunks.ts";
import type { Destination } from "./place-folder.ts";
import type { KnownFile } from "./place-put.ts";
import type { Arrival } from "./place-ready.ts";
import type { Placed, PlaceResult } from "./place.ts";

/** An arrival on its way to the thread: little, for there are thousands. */
type OrderedArrival = readonly [
  /** Whether the next is a name in the folder for unfinished files; else it is absolute. */
  isInside: boolean,
  temp: string,
  path: string,
  root: FileRoot,
  size: number,
  changedAt: number,
  known: KnownFile | null,
  /** Its bytes, if any, are the next so many of the order's. */
  byteLength: number | null,
];

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

/**
 * From the thread, in the order of the arrivals, as JSON: the time of a file that
 * lies just where it was to, else `Placed` or `PlaceFailure`.
 */
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
  const inside = `${destination.incoming}${sep}`;
  let at = 0;
  const ordered = arrivals.map((arrival): OrderedArrival => {
    const { temp, parts, content, changedAt: time, known, bytes } = arrival;
    // JSON knows no other numbers; this too is no time of a file.
    const changedAt = Number.isFinite(time) ? time : -1;
    const isInside = temp.startsWith(inside);
    if (bytes !== undefined) {
      all.set(bytes, at);
      at += bytes.byteLength;
    }
    return [
      isInside,
      isInside ? temp.slice(inside.length) : temp,
      parts.join("/"),
      content.root,
      content.size,
      changedAt,
      known,
      bytes?.byteLength ?? null,
    ];
  });
  return { destination, arrivals: JSON.stringify(ordered), bytes: all };
}

export function readOrder(order: PlaceOrder): readonly Arrival[] {
  const inside = `${order.destination.incoming}${sep}`;
  let at = 0;
  return readOwnList(order.arrivals, isArrival).map(
    ([isInside, temp, path, root, size, changedAt, known, byteLength]) => {
      const arrival = {
        temp: isInside ? inside + temp : temp,
        parts: path.split("/"),
        content: { root, size, chunkSize: chunkSizeFor(size) },
        changedAt,
        known,
      };
      if (byteLength === null) return arrival;
      const bytes = order.bytes.subarray(at, at + byteLength);
      at += byteLength;
      return { ...arrival, bytes };
    },
  );
}

export function writeResults(
  arrivals: readonly Arrival[],
  results: readonly PlaceResult[],
): PlaceAnswer {
  return JSON.stringify(
    results.map((result, at) => writeResult(result, arrivals[at])),
  );
}

export function readResults(
  { folder }: Destination,
  arrivals: readonly Arrival[],
  answer: PlaceAnswer,
): readonly PlaceResult[] {
  return readOwnList(answer, isResult).map((result, at) => {
    const arrival = arrivals[at];
    if (typeof result !== "number") return readResult(result);
    if (arrival === undefined) throw new Error("more results than arrivals");
    const { parts, content } = arrival;
    const absolutePath = join(folder, ...parts);
    const { size } = content;
    return {
      kind: "placed",
      placed: { parts, absolutePath, size, mtimeMs: result, isAdopted: false },
    };
  });
}

function isArrival(value: unknown): value is OrderedArrival {
  return Array.isArray(value);
}

function isResult(value: unknown): value is number | Placed | PlaceFailure {
  return (
    typeof value === "number" ||
    (typeof value === "object" &&
      value !== null &&
      ("absolutePath" in value || "cause" in value))
  );
}

function writeResult(
  result: PlaceResult,
  arrival: Arrival | undefined,
): number | Placed | PlaceFailure {
  if (result.kind === "placed") {
    const { placed } = result;
    const isPlain =
      // The very list: nothing lay in the way.
      placed.parts === arrival?.parts && !placed.isAdopted;
    return isPlain ? placed.mtimeMs : placed;
  }
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
