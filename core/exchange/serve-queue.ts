import type { FileRoot } from "#core/contract/ids.ts";
import type { Part } from "./wire.ts";

/** Contents that counts are kept for: those asked for last. */
const ROOTS = 64;
/** So far into what one end asks for is looked. */
const LOOK = 64;
/** What is passed over so often is next. */
const PASSED_OVER = 16;

/**
 * How often each chunk was given away of late, to anybody. Who is short of upload
 * gives first what was given least: the others can have the rest from each other.
 */
export class GivenCounts {
  readonly #counts = new Map<FileRoot, Map<number, number>>();

  gave({ root, index }: Part): void {
    const counts = this.#counts.get(root) ?? new Map<number, number>();
    // To the end of the map: asked for last.
    this.#counts.delete(root);
    this.#counts.set(root, counts);
    counts.set(index, (counts.get(index) ?? 0) + 1);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > ROOTS && oldest !== undefined)
      this.#counts.delete(oldest);
  }

  of({ root, index }: Part): number {
    return this.#counts.get(root)?.get(index) ?? 0;
  }
}

/** A part that one end asked for. */
export interface Asked {
  readonly id: number;
  readonly isUrgent: boolean;
  readonly part: Part;
}

/** What one end asked for and nobody has begun to read. */
export class ServeQueue {
  readonly #counts: GivenCounts;
  #urgent: Asked[] = [];
  #others: Asked[] = [];
  #passedOver = 0;

  constructor(counts = new GivenCounts()) {
    this.#counts = counts;
  }

  get isEmpty(): boolean {
    return this.#urgent.length + this.#others.length === 0;
  }

  /** Whether a list comes next, or something else. */
  get isPageNext(): boolean {
    return (this.#urgent[0] ?? this.#others[0])?.part.kind === "page";
  }

  /** The lower, the more it is wanted that this end is next. */
  get rank(): number {
    const next = this.#others[this.#least()];
    if (this.#urgent.length > 0) return -1;
    return next === undefined ? Infinity : this.#counts.of(next.part);
  }

  add(asked: Asked): void {
    (asked.isUrgent ? this.#urgent : this.#others).push(asked);
  }

  /** What comes next; counted as given. Lists are in order, and nothing can begin without them. */
  take(): Asked | undefined {
    const place = this.isPageNext ? 0 : this.#least();
    const next = this.#urgent.shift() ?? this.#others.splice(place, 1)[0];
    this.#passedOver = place === 0 ? 0 : this.#passedOver + 1;
    if (next?.part.kind === "chunk") this.#counts.gave(next.part);
    return next;
  }

  /** Takes these out; answers with those that were there. */
  spare(ids: ReadonlySet<number>): readonly number[] {
    const spared: number[] = [];
    const isLeft = ({ id }: Asked): boolean => {
      if (ids.has(id)) spared.push(id);
      return !ids.has(id);
    };
    this.#urgent = this.#urgent.filter(isLeft);
    this.#others = this.#others.filter(isLeft);
    return spared;
  }

  clear(): void {
    this.#urgent = [];
    this.#others = [];
  }

  /** The place of what was given least, the first of several. */
  #least(): number {
    if (this.#passedOver >= PASSED_OVER) return 0;
    let place = 0;
    let least = Infinity;
    for (let at = 0; at < LOOK && least > 0; at++) {
      const asked = this.#others[at];
      if (asked === undefined) break;
      const count = this.#counts.of(asked.part);
      if (count >= least) continue;
      least = count;
      place = at;
    }
    return place;
  }
}
