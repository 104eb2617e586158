import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { sep } from "node:path";

export interface UsedNow {
  /** Bytes of files that came from others. */
  readonly theirs: number;
  readonly attachments: number;
  /** Earlier versions of files. */
  readonly versions: number;
  /** In my own shared folders, wherever it came from. */
  readonly mine: number;
}

/** Counting takes this part of the time at most while files come: each count goes through all of them. */
const REST_FACTOR = 20;

/**
 * How many bytes lie on this computer because of the app; counted when asked
 * for, after holdings changed. What came just now may be left out for a moment;
 * what went never is counted.
 */
export class UsedBytes implements Resource {
  readonly #local: Database;
  readonly #ownFolders: () => readonly string[];
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #ends: readonly (() => void)[];
  #known: UsedNow | null = null;
  #isStale = false;
  #restsUntil = 0;

  constructor(
    holdings: Pick<Holdings, "changes" | "removals">,
    local: Database,
    ownFolders: () => readonly string[],
    clock: Pick<Clock, "monotonic">,
  ) {
    this.#local = local;
    this.#ownFolders = ownFolders;
    this.#clock = clock;
    this.#ends = [
      holdings.changes.subscribe(() => {
        this.#isStale = true;
      }),
      // Somebody may wait for that room, or free more for it.
      holdings.removals.subscribe(() => {
        this.#known = null;
      }),
    ];
  }

  get now(): UsedNow {
    const start = this.#clock.monotonic();
    const isDue = this.#isStale && start >= this.#restsUntil;
    if (this.#known !== null && !isDue) return this.#known;
    this.#known = this.#count();
    this.#isStale = false;
    const end = this.#clock.monotonic();
    this.#restsUntil = end + (end - start) * REST_FACTOR;
    return this.#known;
  }

  close(): Promise<void> {
    for (const end of this.#ends) end();
    return Promise.resolve();
  }

  #count(): UsedNow {
    let theirsInMine = 0;
    for (const folder of this.#ownFolders())
      theirsInMine += this.#theirsIn(folder);
    // All origins in one go: there may be very many files.
    const sums = new Map(
      this.#local.all(
        "SELECT origin, sum(size) AS bytes FROM holdings GROUP BY origin",
        [],
        (row) => [text(row, "origin"), int(row, "bytes")] as const,
      ),
    );
    return {
      theirs: Math.max(0, (sums.get("theirs") ?? 0) - theirsInMine),
      attachments: sums.get("attachment") ?? 0,
      versions: sums.get("version") ?? 0,
      mine: (sums.get("mine") ?? 0) + theirsInMine,
    };
  }

  #theirsIn(folder: string): number {
    const after = String.fromCharCode(sep.charCodeAt(0) + 1);
    const sum = this.#local.get(
      `SELECT coalesce(sum(size), 0) AS bytes FROM holdings
       WHERE origin = 'theirs' AND path >= ? AND path < ?`,
      [`${folder}${sep}`, `${folder}${after}`],
      (row) => int(row, "bytes"),
    );
    return sum ?? 0;
  }
}
