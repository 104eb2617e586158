import type { Resource } from "#core/base/resource.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { int } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { sep } from "node:path";

export interface UsedNow {
  /** Bytes of files that came from others. */
  readonly theirs: number;
  readonly attachments: number;
  /** In my own shared folders, wherever it came from. */
  readonly mine: number;
}

/** How many bytes lie on this computer because of the app; counted when asked for, after holdings changed. */
export class UsedBytes implements Resource {
  readonly #local: Database;
  readonly #ownFolders: () => readonly string[];
  readonly #unsubscribe: () => void;
  #known: UsedNow | null = null;

  constructor(
    holdings: Pick<Holdings, "changes">,
    local: Database,
    ownFolders: () => readonly string[],
  ) {
    this.#local = local;
    this.#ownFolders = ownFolders;
    this.#unsubscribe = holdings.changes.subscribe(() => {
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
    let theirsInMine = 0;
    for (const folder of this.#ownFolders())
      theirsInMine += this.#sum("theirs", folder);
    return {
      theirs: Math.max(0, this.#sum("theirs") - theirsInMine),
      attachments: this.#sum("attachment"),
      mine: this.#sum("mine") + theirsInMine,
    };
  }

  #sum(origin: string, folder?: string): number {
    const after = String.fromCharCode(sep.charCodeAt(0) + 1);
    const inside = folder === undefined ? "" : "AND path >= ?2 AND path < ?3";
    const sum = this.#local.get(
      `SELECT coalesce(sum(size), 0) AS bytes FROM holdings
       WHERE origin = ?1 ${inside}`,
      folder === undefined
        ? [origin]
        : [origin, `${folder}${sep}`, `${folder}${after}`],
      (row) => int(row, "bytes"),
    );
    return sum ?? 0;
  }
}
