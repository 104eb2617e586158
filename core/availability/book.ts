import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Ledger } from "./ledger.ts";
import { decodeMark, nextMark } from "./marks.ts";
import type { How, Mark } from "./marks.ts";

export interface BookOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `none`: they say they do not have it (any more). */
export type Seen = How | "none";

/** What was seen is written down this long after, together. */
const WRITE_MS = 2_000;
/** How long somebody has to say no for a mark to go. */
const DOUBT_MS = 20_000;
/** Doubts kept in memory. */
const DOUBTS = 100_000;
/** Marks written before other work gets its turn. */
const SLICE = 500;

/**
 * Takes down what was seen of others, for nothing: thousands of small files a
 * second come in, and each says something about somebody.
 */
export class Book implements Resource {
  readonly #options: BookOptions;
  readonly #changed = createTrigger();
  readonly #serial = createSerial();
  /** Since when somebody says not to have something. */
  readonly #doubts = new Map<string, number>();
  #pending = new Map<PersonId, Map<FileRoot, Seen>>();
  #cancelWrite: (() => void) | null = null;
  #isClosed = false;

  constructor(options: BookOptions) {
    this.#options = options;
  }

  /** Fires when some mark became another one. */
  get changed(): Signal {
    return this.#changed;
  }

  note(person: PersonId, root: FileRoot, seen: Seen): void {
    if (this.#isClosed) return;
    let roots = this.#pending.get(person);
    if (roots === undefined) {
      roots = new Map<FileRoot, Seen>();
      this.#pending.set(person, roots);
    }
    if (seen !== "none") this.#doubts.delete(`${person} ${root}`);
    const before = roots.get(root);
    // A word takes nothing away from what was seen.
    if (seen === "said" && before !== undefined && before !== "none") return;
    roots.set(root, seen);
    this.#writeLater();
  }

  /**
   * They say not to have what they were marked with. Right after a start they
   * may not know yet that a common space names it; so the mark goes when they
   * say it again, some time later.
   */
  doubt(person: PersonId, root: FileRoot): void {
    const key = `${person} ${root}`;
    const now = this.#options.clock.monotonic();
    const since = this.#doubts.get(key);
    if (since === undefined) {
      if (this.#doubts.size >= DOUBTS) this.#doubts.clear();
      this.#doubts.set(key, now);
    } else if (now - since >= DOUBT_MS) {
      this.#doubts.delete(key);
      this.note(person, root, "none");
    }
  }

  /** What is known of one person and one content now. */
  mark(person: PersonId, root: FileRoot): Mark | null {
    const { ledger } = this.#options;
    const number = ledger.people.get(person);
    const content = number === undefined ? null : ledger.contentNumber(root);
    const before =
      number === undefined || content === null
        ? 0
        : ledger.mark(number, content);
    return decodeMark(
      this.#after(before, this.#pending.get(person)?.get(root)),
    );
  }

  /** Everybody of whom something is known about this content. */
  marksOf(root: FileRoot): ReadonlyMap<PersonId, Mark> {
    const { ledger } = this.#options;
    const content = ledger.contentNumber(root);
    const marks = new Map<PersonId, Mark>();
    for (const person of new Set([
      ...ledger.people.keys(),
      ...this.#pending.keys(),
    ])) {
      const number = ledger.people.get(person);
      const before =
        number === undefined || content === null
          ? 0
          : ledger.mark(number, content);
      const seen = this.#pending.get(person)?.get(root);
      const mark = decodeMark(this.#after(before, seen));
      if (mark !== null) marks.set(person, mark);
    }
    return marks;
  }

  /** Writes down all that was seen so far; on a full disk it is tried again later. */
  write(): Promise<void> {
    return this.#serial(() => this.#write());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelWrite?.();
    await this.write();
  }

  #writeLater(): void {
    this.#cancelWrite ??= this.#options.clock.after(WRITE_MS, () => {
      this.#cancelWrite = null;
      this.#options.logger.background("availability", this.write());
    });
  }

  async #write(): Promise<void> {
    try {
      await this.#writePending();
    } catch (error) {
      if (!isCoreError(error, "disk-full")) throw error;
      if (!this.#isClosed) this.#writeLater();
    }
  }

  async #writePending(): Promise<void> {
    const pending = [...this.#pending];
    let isChanged = false;
    for (const [person, roots] of pending)
      for (;;) {
        const some = [...firstOf(roots, SLICE)];
        if (some.length === 0) break;
        if (await this.#apply(person, some)) isChanged = true;
        for (const [root, seen] of some)
          if (roots.get(root) === seen) roots.delete(root);
        if (!this.#isClosed) await breathe();
      }
    for (const [person, roots] of pending)
      if (roots.size === 0 && this.#pending.get(person) === roots)
        this.#pending.delete(person);
    if (isChanged && !this.#isClosed) this.#changed.fire();
  }

  async #apply(
    person: PersonId,
    seen: readonly (readonly [FileRoot, Seen])[],
  ): Promise<boolean> {
    const { ledger } = this.#options;
    const number = ledger.personNumber(person);
    const contents = ledger.numberAll(seen.map(([root]) => root));
    let isChanged = false;
    for (const [index, [, what]] of seen.entries()) {
      const content = contents[index] ?? 0;
      const before = ledger.mark(number, content);
      const after = this.#after(before, what);
      if (ledger.setMark(number, content, after)) isChanged = true;
    }
    await ledger.flush();
    return isChanged;
  }

  #after(before: number, seen: Seen | undefined): number {
    if (seen === undefined) return before;
    if (seen === "none") return 0;
    return nextMark(before, seen, this.#options.clock.now());
  }
}

function* firstOf<K, V>(map: ReadonlyMap<K, V>, count: number) {
  let left = count;
  for (const entry of map) {
    if (left-- <= 0) return;
    yield entry;
  }
}
