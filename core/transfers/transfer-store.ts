import * as v from "valibot";
import { spaceIdSchema, transferIdSchema } from "#core/contract/ids.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import type { ErrorCode } from "#core/contract/errors.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";

const stageSchema = v.picklist(["running", "paused", "done", "failed"]);
const directionSchema = v.picklist(["sharing", "receiving"]);
const reasonSchema = v.picklist(["asked", "rule"]);
/** What a transfer can fail with; anything else is a bug and is told as one. */
export const problemSchema = v.fallback(
  v.picklist([
    "folder-missing",
    "folder-unreadable",
    "folder-empty",
    "file-unreadable",
    "disk-full",
    "not-found",
    "text-long",
    "file-removed",
    "internal",
  ]),
  "internal",
);

export type StoredStage = v.InferOutput<typeof stageSchema>;

export interface Amount {
  readonly done: number;
  readonly total: number;
}

/** A transfer as it is written down: enough to go on after a restart (FI8). */
export interface StoredTransfer {
  readonly transfer: TransferId;
  readonly direction: v.InferOutput<typeof directionSchema>;
  readonly space: SpaceId;
  readonly title: string;
  readonly stage: StoredStage;
  readonly problem: ErrorCode | null;
  /** Receiving: the number of the destination. */
  readonly destination: number | null;
  /** Receiving: files and folders chosen, "" for everything. */
  readonly paths: readonly string[];
  /** Sharing: the first reading of the folder; cancelling it takes all back. */
  readonly isFirst: boolean;
  /** A person asked for it, or a rule or a kept mark brings it. */
  readonly reason: v.InferOutput<typeof reasonSchema>;
  /** Where it stands among the others: lower ones come first. */
  readonly place: number;
  readonly files: Amount;
  readonly bytes: Amount;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export class TransferStore {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  /** In their order. */
  all(): readonly StoredTransfer[] {
    return this.#local.all(
      "SELECT * FROM transfers ORDER BY place, started_ms, id",
      [],
      read,
    );
  }

  add(it: StoredTransfer): void {
    this.#local.run(
      `INSERT INTO transfers
         (id, direction, space, title, stage, destination, paths, is_first,
          files_total, bytes_total, started_ms, reason, place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        it.transfer,
        it.direction,
        it.space,
        it.title,
        it.stage,
        it.destination,
        JSON.stringify(it.paths),
        it.isFirst ? 1 : 0,
        it.files.total,
        it.bytes.total,
        it.startedAt,
        it.reason,
        it.place,
      ],
    );
  }

  /** Writes down where it stands. */
  update(it: StoredTransfer): void {
    const { transfer, stage, problem, files, bytes, endedAt, place } = it;
    this.#local.run(
      `UPDATE transfers SET stage = ?, problem = ?, files_done = ?,
         files_total = ?, bytes_done = ?, bytes_total = ?, ended_ms = ?,
         place = ?
       WHERE id = ?`,
      [
        stage,
        problem,
        files.done,
        files.total,
        bytes.done,
        bytes.total,
        endedAt,
        place,
        transfer,
      ],
    );
  }

  /** Writes down that it is about other files by now. */
  setPaths(transfer: TransferId, paths: readonly string[]): void {
    this.#local.run("UPDATE transfers SET paths = ? WHERE id = ?", [
      JSON.stringify(paths),
      transfer,
    ]);
  }

  remove(transfer: TransferId): void {
    this.#local.run("DELETE FROM transfers WHERE id = ?", [transfer]);
  }
}

function read(row: Row): StoredTransfer {
  const problem = maybe(row, "problem", text);
  return {
    transfer: v.parse(transferIdSchema, text(row, "id")),
    direction: v.parse(directionSchema, text(row, "direction")),
    space: v.parse(spaceIdSchema, text(row, "space")),
    title: text(row, "title"),
    stage: v.parse(stageSchema, text(row, "stage")),
    problem: problem === null ? null : v.parse(problemSchema, problem),
    destination: maybe(row, "destination", int),
    paths: v.parse(v.array(v.string()), JSON.parse(text(row, "paths"))),
    isFirst: int(row, "is_first") === 1,
    reason: v.parse(reasonSchema, text(row, "reason")),
    place: int(row, "place"),
    files: { done: int(row, "files_done"), total: int(row, "files_total") },
    bytes: { done: int(row, "bytes_done"), total: int(row, "bytes_total") },
    startedAt: int(row, "started_ms"),
    endedAt: maybe(row, "ended_ms", int),
  };
}
