import { chunkCount, HASH_BYTES, isListOf } from "./chunks.ts";
import type { Outcome } from "./exchange-remote.ts";
import type { Lane, Wanted } from "./fetch-lane.ts";
import type { Content } from "./model.ts";
import { PAGE_HASHES } from "./wire.ts";

/** How an attempt to get the list of one source ended. */
export type ListOutcome =
  | { readonly kind: "here"; readonly list: Buffer }
  /** The pages are of the right size and do not hash to the root: a lie, or damage. */
  | { readonly kind: "wrong" }
  | { readonly kind: "lack" | "gone" | "stalled" };

/**
 * The list of a content, from one source: a list is verified as a whole, so
 * pages of several sources would leave open who lied (FI2).
 */
export class ListFetch {
  readonly lane: Lane;
  readonly #content: Content;
  readonly #ended: (outcome: ListOutcome) => void;
  readonly #pages: Buffer[] = [];
  #nextPage = 0;
  #missing: number;
  #isEnded = false;

  constructor(
    lane: Lane,
    content: Content,
    ended: (outcome: ListOutcome) => void,
  ) {
    this.lane = lane;
    this.#content = content;
    this.#ended = ended;
    this.#missing = this.#pageCount;
  }

  take(): Wanted | null {
    if (this.#nextPage >= this.#pageCount) return null;
    const index = this.#nextPage++;
    const size = this.#pageBytes(index);
    return {
      part: { kind: "page", root: this.#content.root, index },
      size,
      settle: (outcome) => {
        this.#settled(index, size, outcome);
        return null;
      },
      stalled: () => {
        this.#end({ kind: "stalled" });
      },
    };
  }

  get #pageCount(): number {
    return Math.ceil(chunkCount(this.#content.size) / PAGE_HASHES);
  }

  #pageBytes(index: number): number {
    const left = chunkCount(this.#content.size) - index * PAGE_HASHES;
    return Math.min(PAGE_HASHES, left) * HASH_BYTES;
  }

  #settled(index: number, size: number, outcome: Outcome): void {
    if (!Buffer.isBuffer(outcome)) {
      this.#end({ kind: outcome });
      return;
    }
    // Another size: this source holds other content under the same root than
    // the record says, and it may be the record that lies.
    if (outcome.byteLength !== size) {
      this.#end({ kind: "lack" });
      return;
    }
    this.#pages[index] = outcome;
    if (--this.#missing > 0) return;
    const list = Buffer.concat(this.#pages);
    const { root, size: bytes } = this.#content;
    this.#end(
      isListOf(list, root, bytes) ? { kind: "here", list } : { kind: "wrong" },
    );
  }

  #end(outcome: ListOutcome): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#ended(outcome);
  }
}
