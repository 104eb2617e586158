import type { Lane, Wanted } from "./fetch-lane.ts";
import { ListFetch, type ListOutcome } from "./fetch-list.ts";
import type { Content } from "./model.ts";

export interface WholeListParts {
  readonly content: Content;
  readonly here: (list: Buffer) => void;
  /** The lane gave what is no list of this content; the rule it broke, or null when the record may lie. */
  readonly refused: (lane: Lane, rule: string | null) => void;
  readonly lacks: (lane: Lane) => void;
  /** An attempt ended, well or not. */
  readonly ended: () => void;
}

/** The list of one content, tried with one lane after another until it is here. */
export class WholeList {
  readonly #parts: WholeListParts;
  #fetch: ListFetch | null = null;

  constructor(parts: WholeListParts) {
    this.#parts = parts;
  }

  /** Who is being asked for it now. */
  get lane(): Lane | null {
    return this.#fetch?.lane ?? null;
  }

  /** The next page to ask this lane for; null when another one is being asked. */
  take(lane: Lane): Wanted | null {
    this.#fetch ??= new ListFetch(lane, this.#parts.content, (outcome) => {
      this.#fetch = null;
      this.#ended(lane, outcome);
    });
    return this.#fetch.lane === lane ? this.#fetch.take() : null;
  }

  #ended(lane: Lane, outcome: ListOutcome): void {
    const { here, refused, lacks, ended } = this.#parts;
    if (outcome.kind === "here") here(outcome.list);
    else if (outcome.kind === "wrong") refused(lane, "files-list-wrong");
    // It may be the record that lies, and not the source.
    else if (outcome.kind === "other") refused(lane, null);
    else if (outcome.kind === "lack") lacks(lane);
    ended();
  }
}
