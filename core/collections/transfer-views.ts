import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FileStage,
  Transfer,
  TransferStage,
} from "#core/contract/collection-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import type { People } from "#core/people/people.ts";
import type { Receiving } from "./receiving.ts";
import { Selection } from "./selection.ts";
import type { StoredTransfer } from "./transfer-store.ts";
import type { LiveTransfer, Transfers } from "./transfers.ts";

export interface TransferViewsOptions {
  readonly people: People;
  readonly transfers: Transfers;
  readonly receiving: Receiving;
  /** Who a collection is of: whoever has it is waited for by this name. */
  readonly owner: (space: SpaceId) => PersonLabel | null;
}

/** Transfers as the screens show them. */
export class TransferViews {
  readonly #options: TransferViewsOptions;

  constructor(options: TransferViewsOptions) {
    this.#options = options;
  }

  /** Newest first. */
  list(): readonly Transfer[] {
    return this.#options.transfers.list().map((it) => ({
      transfer: it.transfer,
      direction: it.direction,
      title: it.title,
      collection: it.space,
      files: it.files,
      bytes: it.bytes,
      speed: it.speed,
      secondsLeft: it.secondsLeft,
      from: it.from.map((person) => this.#options.people.label(person)),
      state: this.#stage(it),
    }));
  }

  /** What transfers say of a file; null when none is about it. */
  stageOf(space: SpaceId, path: string): FileStage | null {
    for (const stored of this.#options.transfers.openOf(space)) {
      if (stored.direction !== "receiving") continue;
      const stage = this.#fileStage(stored, path);
      if (stage !== null) return stage;
    }
    return null;
  }

  #fileStage(stored: StoredTransfer, path: string): FileStage | null {
    const state = this.#options.receiving.stateOf(stored.transfer, path);
    // After a restart a paused transfer has not run yet.
    const isCovered =
      state !== null || new Selection(stored.paths).covers(path);
    if (!isCovered) return null;
    if (state?.kind === "failed")
      return { stage: "failed", problem: state.problem };
    const done = state?.kind === "coming" ? state.done : 0;
    // The transfer says what stopped it; there is nothing wrong with this file.
    if (stored.stage !== "running") return { stage: "paused", done };
    return state?.kind === "coming"
      ? { stage: "coming", done }
      : { stage: "waiting" };
  }

  #stage(it: LiveTransfer): TransferStage {
    switch (it.stage) {
      case "running": {
        if (!it.isWaiting) return { stage: "running" };
        const owner = this.#options.owner(it.space);
        return { stage: "waiting", people: owner === null ? [] : [owner] };
      }
      case "paused":
        return { stage: "paused" };
      case "done":
        return { stage: "done", at: it.endedAt ?? it.startedAt };
      case "failed":
        return { stage: "failed", problem: it.problem ?? "internal" };
    }
  }
}
