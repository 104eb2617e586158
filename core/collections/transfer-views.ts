import { join } from "node:path";
import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FileStage,
  Transfer,
  TransferStage,
} from "#core/contract/collection-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import type { RoomLack } from "#core/contract/keeping-models.ts";
import { OWN_PREFIX } from "#core/naming/naming-rules.ts";
import type { Room } from "#core/keeping/room.ts";
import type { People } from "#core/people/people.ts";
import type { Receiving } from "./receiving.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import { Selection } from "#core/listing/selection.ts";
import type { LiveTransfer } from "#core/transfers/transfer-report.ts";
import type { Transfers } from "#core/transfers/transfers.ts";

export interface TransferViewsOptions {
  readonly people: People;
  readonly transfers: Transfers;
  readonly receiving: Receiving;
  readonly room: Pick<Room, "lackIn">;
  readonly saved: SavedFiles;
  /** Who a collection is of: whoever has it is waited for by this name. */
  readonly owner: (space: SpaceId) => PersonLabel | null;
}

/** Transfers as the screens show them. */
export class TransferViews {
  readonly #options: TransferViewsOptions;

  constructor(options: TransferViewsOptions) {
    this.#options = options;
  }

  /** Those not done in their order, then those that are, newest first. */
  list(): readonly Transfer[] {
    return this.#options.transfers.list().map((it) => ({
      transfer: it.transfer,
      direction: it.direction,
      reason: it.reason,
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
    for (const live of this.#options.transfers.openList(space)) {
      if (live.direction !== "receiving") continue;
      const stage = this.#fileStage(live, path);
      if (stage !== null) return stage;
    }
    return null;
  }

  #fileStage(live: LiveTransfer, path: string): FileStage | null {
    const { receiving, people } = this.#options;
    const state = receiving.stateOf(live.transfer, path);
    // After a restart a paused transfer has not run yet.
    const isCovered = state !== null || new Selection(live.paths).covers(path);
    if (!isCovered) return null;
    if (state?.kind === "failed")
      return { stage: "failed", problem: state.problem };
    const file = state?.kind === "coming" ? state.file : null;
    const done = file?.done ?? 0;
    const by = { transfer: live.transfer, files: live.files.total };
    // The transfer says what stopped it; there is nothing wrong with this file.
    if (live.stage !== "running" || live.hold !== null)
      return { stage: "paused", done, what: live.hold ?? "transfer", by };
    const isWaiting = live.isWaiting || file?.isWaiting === true;
    const waiting = { stage: "waiting", done, people: [], by } as const;
    if (isWaiting && this.#lack(live) !== null)
      return { ...waiting, for: "room" };
    if (isWaiting) return { ...waiting, for: "people" };
    if (file === null || live.isQueued) return { ...waiting, for: "turn" };
    const { speed, secondsLeft, from, fromUnnamed } = file;
    return {
      stage: "coming",
      done,
      speed,
      secondsLeft,
      from: from.map((person) => people.label(person)),
      fromUnnamed,
      by,
    };
  }

  /** Why a transfer waits for room; null when it does not. */
  #lack({ destination }: LiveTransfer): RoomLack | null {
    const { room, saved } = this.#options;
    const place = saved.placeById(destination ?? -1);
    return place === null
      ? null
      : room.lackIn(join(place.base, place.name, `${OWN_PREFIX}incoming`));
  }

  #stage(it: LiveTransfer): TransferStage {
    switch (it.stage) {
      case "running": {
        if (it.hold !== null) return { stage: "paused", by: it.hold };
        if (it.isQueued) return { stage: "queued" };
        if (!it.isWaiting) return { stage: "running" };
        const lack = this.#lack(it);
        if (lack !== null) return { stage: "room", lack };
        const owner = this.#options.owner(it.space);
        return { stage: "waiting", people: owner === null ? [] : [owner] };
      }
      case "paused":
        return { stage: "paused", by: "transfer" };
      case "done":
        return { stage: "done", at: it.endedAt ?? it.startedAt };
      case "failed":
        return { stage: "failed", problem: it.problem ?? "internal" };
    }
  }
}
