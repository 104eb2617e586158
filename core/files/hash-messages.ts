import type { FileHash } from "./hash-file.ts";

/** Files in one order, and numbers in the shared memory of stops. */
export const ORDER_FILES = 64;

/** What the hash worker is started with. */
export interface HashWorkerData {
  /** One 32-bit number for each place of an order; not 0 when that file was given up. */
  readonly stops: SharedArrayBuffer;
}

/** To the worker: hash these files, in this order. */
export interface HashOrder {
  readonly paths: readonly string[];
}

export type HashFailure =
  "file-unreadable" | "file-large" | "cancelled" | "internal";

export type HashResult =
  | { readonly kind: "hash"; readonly place: number; readonly hash: FileHash }
  | {
      readonly kind: "failed";
      readonly place: number;
      readonly code: HashFailure;
      /** What was thrown, for the log. */
      readonly cause: string;
    };

/** From the worker. Every place of an order is answered once, before `isLast`. */
export type HashAnswer =
  | {
      readonly kind: "progress";
      readonly place: number;
      readonly done: number;
    }
  | {
      readonly kind: "results";
      readonly results: readonly HashResult[];
      readonly isLast: boolean;
    };

export function isHashWorkerData(value: unknown): value is HashWorkerData {
  return (
    typeof value === "object" &&
    value !== null &&
    "stops" in value &&
    value.stops instanceof SharedArrayBuffer
  );
}
