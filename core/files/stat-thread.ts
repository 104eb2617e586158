import { Thread } from "#core/base/thread.ts";
import type { Resource } from "#core/base/resource.ts";
import { STAT_KINDS, type StatKind } from "./stat-kind.ts";
import { STAT_NUMBERS } from "./stat-messages.ts";
import type { StatAnswer, StatOrder } from "./stat-messages.ts";

/** What lies at a name; sizes, times and numbers are those of files only. */
export interface Seen {
  readonly kind: StatKind;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/**
 * A thread that looks at files. Asked one by one, Node takes more of the thread
 * that asks than the disk takes of its own. It starts with the first question.
 */
export class StatThread implements Resource {
  readonly #thread = new Thread<StatOrder, StatAnswer>("stat-worker");

  /** What lies at some names of a folder, in their order. */
  async look(
    folder: string,
    names: readonly string[],
  ): Promise<readonly Seen[]> {
    const numbers = await this.#thread.ask({ folder, names });
    return names.map((_, place) => {
      const at = place * STAT_NUMBERS;
      return {
        kind: STAT_KINDS[numbers[at] ?? -1] ?? "unreadable",
        size: numbers[at + 1] ?? 0,
        mtimeMs: numbers[at + 2] ?? 0,
        ino: numbers[at + 3] ?? 0,
      };
    });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
