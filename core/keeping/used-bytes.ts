import type { Resource } from "#core/base/resource.ts";
import type { Signal } from "#core/base/state.ts";
import { int } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

export interface UsedNow {
  /** Bytes of files that came from others. */
  readonly theirs: number;
  readonly attachments: number;
  /** Shared from my own folders. */
  readonly mine: number;
}

const NONE: UsedNow = { theirs: 0, attachments: 0, mine: 0 };

/** How many bytes lie on this computer because of the app; counted when asked for, after holdings changed. */
export class UsedBytes implements Resource {
  readonly #local: Database;
  readonly #unsubscribe: () => void;
  #known: UsedNow | null = null;

  constructor(local: Database, changes: Signal) {
    this.#local = local;
    this.#unsubscribe = changes.subscribe(() => {
      this.#known = null;
    });
  }

  get now(): UsedNow {
    this.#known ??= this.#count();
    return this.#known;
  }

  close(): Promise<void> {
    this.#unsubscribe();
    return Promise.resolve();
  }

  #count(): UsedNow {
    return (
      this.#local.get(
        `SELECT
           coalesce(sum(CASE origin WHEN 'theirs' THEN size END), 0) AS theirs,
           coalesce(sum(CASE origin WHEN 'attachment' THEN size END), 0) AS attachments,
           coalesce(sum(CASE origin WHEN 'mine' THEN size END), 0) AS mine
         FROM holdings`,
        [],
        (row) => ({
          theirs: int(row, "theirs"),
          attachments: int(row, "attachments"),
          mine: int(row, "mine"),
        }),
      ) ?? NONE
    );
  }
}
