import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { ContentReader } from "./content-reader.ts";

export interface TurnWork {
  /** Begins to read what comes next; false when there is nothing. */
  readNext(): boolean;
  /** A turn came later than it was asked for: there may be more to enter for. */
  again(): void;
}

/**
 * One end's place in the line of all that read chunks for others, where that has
 * a limit. What is read is chosen when the turn comes, and not before: what was
 * cancelled meanwhile takes nobody's turn, and what nobody was given yet goes first.
 */
export class ServeTurn {
  readonly #reader: Pick<ContentReader, "turn">;
  readonly #queue: { readonly rank: number };
  readonly #work: TurnWork;
  #leave: (() => void) | null = null;

  constructor(
    reader: Pick<ContentReader, "turn">,
    queue: { readonly rank: number },
    work: TurnWork,
  ) {
    this.#reader = reader;
    this.#queue = queue;
    this.#work = work;
  }

  /** Gets in line for one chunk; true when its turn came at once, and there was something to read. */
  enter(): boolean {
    if (this.#leave !== null) return false;
    const { turn } = this.#reader;
    if (turn === undefined) return this.#work.readNext();
    let isIn = false;
    let hasRead = false;
    const leave = turn(
      () => {
        this.#leave = null;
        hasRead = this.#work.readNext();
        if (isIn)
          queueMicrotask(() => {
            this.#work.again();
          });
        else isIn = true;
        return hasRead ? CHUNK_MIN_BYTES : 0;
      },
      () => this.#queue.rank,
    );
    if (isIn) return hasRead;
    isIn = true;
    this.#leave = leave;
    return false;
  }

  close(): void {
    this.#leave?.();
    this.#leave = null;
  }
}

/** Resolves when a chunk may be read for others, and takes the turn. */
export function takeTurn(reader: Pick<ContentReader, "turn">): Promise<void> {
  return new Promise((resolve) => {
    const pass = (): number => {
      resolve();
      return CHUNK_MIN_BYTES;
    };
    if (reader.turn === undefined) resolve();
    else reader.turn(pass);
  });
}
