import * as v from "valibot";

/**
 * Messages between Electron's main process and the core's process. Both are
 * ours and trusted; they are checked all the same, so that a mistake stops at
 * the boundary. Secrets go this way and no other (ID4).
 */

const id = v.pipe(v.number(), v.safeInteger());
/** Binary values arrive as copies of their own. */
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const paths = v.array(v.string());

/** How the core is to run. */
export const startOptionsSchema = v.strictObject({
  dataFolder: v.string(),
  /** `host:port` of each node to enter the network by; null: the public ones. */
  bootstrap: v.nullable(v.array(v.string())),
  /** Nothing leaves this computer: for tests and the demonstration. */
  loopback: v.boolean(),
});
export type StartOptions = v.InferOutput<typeof startOptionsSchema>;

/** From the main process to the core. */
export const toCoreSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("start"),
    options: startOptionsSchema,
    hasKeyring: v.boolean(),
  }),
  /** With one port: a page's line to the contract. */
  v.strictObject({ kind: v.literal("page") }),
  /** With one port: a file is asked for, answered on the port. */
  v.strictObject({
    kind: v.literal("file"),
    root: v.string(),
    name: v.string(),
    range: v.nullable(v.string()),
  }),
  v.strictObject({ kind: v.literal("grant"), id, path: v.string() }),
  /** Bytes without a place on disk, answered like a grant. */
  v.strictObject({ kind: v.literal("keep"), id, bytes, name: v.string() }),
  /** The answer to an `ask`. */
  v.strictObject({
    kind: v.literal("told"),
    id,
    value: v.union([bytes, paths, v.null()]),
  }),
  v.strictObject({ kind: v.literal("refused"), id, reason: v.string() }),
  /** The computer woke up. */
  v.strictObject({ kind: v.literal("wake") }),
  v.strictObject({ kind: v.literal("close") }),
]);
export type ToCore = v.InferOutput<typeof toCoreSchema>;

/** What the core asks of the main process. */
export const askSchema = v.variant("what", [
  v.strictObject({ what: v.literal("seal"), bytes }),
  v.strictObject({ what: v.literal("unseal"), bytes }),
  v.strictObject({
    what: v.literal("pick"),
    of: v.picklist(["folder", "files"]),
  }),
  v.strictObject({ what: v.literal("open"), path: v.string() }),
  v.strictObject({ what: v.literal("show"), path: v.string() }),
]);
export type Ask = v.InferOutput<typeof askSchema>;

/** From the core to the main process. */
export const fromCoreSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("started") }),
  /** It could not start at all; the process ends after this. */
  v.strictObject({ kind: v.literal("failed"), code: v.string() }),
  v.strictObject({ kind: v.literal("ask"), id, ask: askSchema }),
  /** A grant, or the code and details of a failure. */
  v.strictObject({ kind: v.literal("granted"), id, answer: v.unknown() }),
]);
export type FromCore = v.InferOutput<typeof fromCoreSchema>;

/** On a file's port, from the core: the head first, then a piece for each `more`. */
export const filePieceSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("head"),
    status: v.number(),
    headers: v.record(v.string(), v.string()),
    hasBody: v.boolean(),
  }),
  v.strictObject({ kind: v.literal("piece"), bytes }),
  v.strictObject({ kind: v.literal("end") }),
  v.strictObject({ kind: v.literal("broken") }),
]);
export type FilePiece = v.InferOutput<typeof filePieceSchema>;

/** On a file's port, to the core. Closing the port gives the file up. */
export const fileMoreSchema = v.strictObject({ kind: v.literal("more") });

/** Pieces that may be on their way at a time, so that the line never waits and never fills memory. */
export const FILE_PIECES_AHEAD = 4;
