import { chunkCount, HASH_BYTES, isListOf } from "#core/files/chunks.ts";
import type { Outcome } from "#core/exchange/exchange-remote.ts";
import type { Lane, Wanted } from "./fetch-lane.ts";
import type { Content } from "#core/files/model.ts";
import { PAGE_HASHES } from "#core/exchange/wire.ts";

/** How an attempt to get the list of one source ended. */
export type ListOutcome =
  | { readonly kind: "here"; readonly list: Buffer }
  /** The pages are of the right size and do not hash to the root: a lie, or damage. */
  | { readonly kind: "wrong" }
  /** Pages of another size: under this root the source holds something else than the record says. */
  | { readonly kind: "other" }
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
      // Who holds the first page holds all, if the record is right about them.
      const isShort = outcome === "lack" && index > 0;
      this.#end({ kind: isShort ? "other" : outcome });
      return;
    }
    if (outcome.byteLength !== size) {
      this.#end({ kind: "other" });
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
