import type { BulkPins } from "#core/network/bulk-link.ts";
import type { PackResult, PackWish } from "./bulk-pack.ts";
import type { Lack } from "#core/files/read-whole.ts";
import type { WholeFile } from "#core/files/whole-file.ts";

/*
 * What goes between the main thread and the threads of the bulk lanes. The main
 * thread knows the rules and decides; the threads move bytes. `lane` is a number
 * that only the two threads know.
 */

/** To a thread of either kind: how a lane comes up and ends. */
export type LinkOrder =
  /** Wait for the pinned end; answered by `listening`, then `up` or `down`. */
  | {
      readonly kind: "listen";
      readonly lane: number;
      readonly host: string;
      readonly pins: BulkPins;
    }
  /** Call the pinned end; answered by `up` or `down`. */
  | {
      readonly kind: "dial";
      readonly lane: number;
      readonly host: string;
      readonly port: number;
      readonly token: Uint8Array;
      readonly pins: BulkPins;
    }
  /** End it; answered by `down`. */
  | { readonly kind: "end"; readonly lane: number };

/** From a thread of either kind. */
export type LinkNews =
  /** Port 0 when nothing can listen there; a `down` follows. */
  | {
      readonly kind: "listening";
      readonly lane: number;
      readonly port: number;
      readonly token: Uint8Array;
    }
  | { readonly kind: "up"; readonly lane: number }
  /** It is gone, and with it all that was asked and not answered. The last news of a lane. */
  | { readonly kind: "down"; readonly lane: number; readonly why: LaneEnd };

/** Why a lane ended. `format`: the other end sent what it must not. */
export type LaneEnd = "closed" | "stalled" | "format";

/** A file to serve chunks of, with their hashes. */
export interface ServedFile extends Omit<WholeFile, "list"> {
  readonly list: Uint8Array;
}

/** One ask that is allowed: a chunk of a file named before. */
export interface ServedChunk {
  readonly id: number;
  readonly file: number;
  readonly index: number;
}

/** One ask that is allowed, for content in one chunk: where it lies. */
export type ServedSmall = readonly [
  id: number,
  path: string,
  root: string,
  size: number,
  mtimeMs: number,
];

/** To the thread that serves. */
export type ServeOrder =
  | LinkOrder
  | {
      readonly kind: "file";
      readonly lane: number;
      readonly file: number;
      readonly served: ServedFile;
    }
  /** No more chunks of this file are ordered. */
  | { readonly kind: "forget"; readonly lane: number; readonly file: number }
  | {
      readonly kind: "chunks";
      readonly lane: number;
      readonly chunks: readonly ServedChunk[];
    }
  /** Content in one chunk each: `ServedSmall`s, as JSON. Text crosses to a thread many times as fast as what is in it does. */
  | { readonly kind: "small"; readonly lane: number; readonly files: string }
  /** An answer that the main thread read and verified itself. */
  | {
      readonly kind: "bytes";
      readonly lane: number;
      readonly id: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: "lack" | "cancel";
      readonly lane: number;
      readonly ids: readonly number[];
    };

/** From the thread that serves. */
export type ServeNews =
  | LinkNews
  /** The other end asks, or wants to be spared: messages as on the line (`wire.ts`). */
  | {
      readonly kind: "asked" | "spared";
      readonly lane: number;
      readonly bytes: Uint8Array;
    }
  /** The link took the answers; or they were spared, or said to be lacking. */
  | {
      readonly kind: "answered" | "lacked";
      readonly lane: number;
      readonly ids: readonly number[];
    }
  /** Not read, and not answered: that is for the main thread to do. */
  | {
      readonly kind: "failed";
      readonly lane: number;
      readonly chunk: ServedChunk;
      readonly lack: Lack;
    }
  | {
      readonly kind: "small-failed";
      readonly lane: number;
      readonly id: number;
    };

/** A file that grows: verified chunks are written into it. */
export interface GrowingFile {
  readonly path: string;
  readonly size: number;
  readonly chunkSize: number;
  /** The chunks' hashes, verified (FI2). */
  readonly list: Uint8Array;
}

/**
 * What became of an ask on a lane. `written`: verified, and in its place in the
 * file; `wrong`: other bytes; `other`: of another size, so that it may be the
 * record that lies, and not the source.
 */
export type BulkOutcome =
  "written" | "wrong" | "other" | "lack" | "gone" | "disk-full" | "disk-failed";

/** To the thread that fetches. */
export type FetchOrder =
  | LinkOrder
  | {
      readonly kind: "file";
      readonly lane: number;
      readonly file: number;
      readonly growing: GrowingFile;
    }
  /** Writes nothing more into it; answered by `released` when it is closed. */
  | { readonly kind: "release"; readonly lane: number; readonly file: number }
  /** An ask as it goes on the wire, and what its ids are. */
  | {
      readonly kind: "ask";
      readonly lane: number;
      readonly bytes: Uint8Array;
      readonly chunks: readonly ServedChunk[];
    }
  /** An ask as it goes on the wire, and what it is for; answered by `pack`. */
  | {
      readonly kind: "pack";
      readonly lane: number;
      readonly bytes: Uint8Array;
      readonly wish: PackWish;
    }
  | {
      readonly kind: "cancel";
      readonly lane: number;
      readonly bytes: Uint8Array;
    };

/** From the thread that fetches. */
export type FetchNews =
  | LinkNews
  | {
      readonly kind: "settled";
      readonly lane: number;
      readonly settled: readonly (readonly [id: number, BulkOutcome])[];
    }
  | {
      readonly kind: "pack";
      readonly lane: number;
      /** The first of its ids. */
      readonly first: number;
      readonly result: PackResult;
    }
  | {
      readonly kind: "released";
      readonly lane: number;
      readonly file: number;
      /** `written`, or what the disk refused after chunks had been told of as written. */
      readonly outcome: BulkOutcome;
    };
