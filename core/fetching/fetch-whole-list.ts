import type { ContentLanes } from "./fetch-content-lanes.ts";
import type { Lane, Wanted } from "./fetch-lane.ts";
import { ListFetch, type ListOutcome } from "./fetch-list.ts";
import type { Content } from "#core/files/model.ts";

export interface WholeListParts {
  readonly content: Content;
  readonly here: (list: Buffer) => void;
  readonly lanes: Pick<ContentLanes, "ban" | "lacks">;
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
    const { here, lanes, ended } = this.#parts;
    if (outcome.kind === "here") here(outcome.list);
    else if (outcome.kind === "wrong") lanes.ban(lane, "files-list-wrong");
    // It may be the record that lies, and not the source.
    else if (outcome.kind === "other") lanes.ban(lane, null);
    else if (outcome.kind === "lack") lanes.lacks(lane);
    ended();
  }
}
