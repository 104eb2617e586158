import { FREE_UNDO_MS, REFUSALS_TOLD } from "#core/contract/limits.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Freed } from "#core/contract/keeping-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Database } from "#core/storage/database.ts";
import {
  isAside,
  moveAside,
  moveBack,
  placeOf,
  removeAside,
  tidyFolders,
} from "./aside.ts";
import { FreedFiles } from "./freed-files.ts";
import type { FreedFile } from "./freed-files.ts";
import { mayGo } from "./may-go.ts";
import type { Refuse, Refused } from "./may-go.ts";
import type { KeepMarks } from "./keep-marks.ts";
import type { OtherHolders, PlacedFile, PlacedFiles } from "./model.ts";

export interface FreeingOptions {
  readonly local: Database;
  readonly placed: PlacedFiles;
  readonly holdings: Holdings;
  readonly marks: KeepMarks;
  readonly otherHolders: OtherHolders;
  /** Whether a collection lists a file: of others nothing need be remembered. */
  readonly isListed: (space: SpaceId, path: string) => boolean;
  /** Whether it lies in a folder of mine that is shared from there: to remove it would remove it for others. */
  readonly isMine: (file: PlacedFile) => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Something was freed, put back, or removed for good. */
  readonly onChange: () => void;
}

export interface FreeResult {
  readonly freed: Freed | null;
  readonly refused: readonly Refused[];
  readonly refusedFiles: number;
}

/** Removes files of others from this computer, and has them back for a moment (FI6). */
export class Freeing implements Resource {
  readonly #options: FreeingOptions;
  readonly #freed: FreedFiles;
  readonly #serial = createSerial();
  readonly #timers = new Map<string, () => void>();
  #isClosed = false;

  constructor(options: FreeingOptions) {
    this.#options = options;
    this.#freed = new FreedFiles(options.local);
  }

  /** Finishes what an earlier run of the app began; what could be undone then still can for a moment. */
  async start(): Promise<void> {
    for (const { batch } of this.#freed.batches()) {
      await this.#serial(() => this.#finish(batch));
      this.#removeLater(batch);
    }
  }

  /** Bytes that are freed and still lie on the disk. */
  get bytesAside(): number {
    return this.#freed.bytes;
  }

  /** The last batch that can be had back; null when there is none. */
  get undo(): Freed | null {
    const last = this.#freed.batches().findLast(({ files }) => files > 0);
    if (last === undefined) return null;
    const { batch, files, bytes } = last;
    return { batch, files, bytes };
  }

  /**
   * Frees files at these paths and below them. What is kept, and what nobody
   * else is known to have, is refused unless `insist`; a file the person changed
   * always is.
   */
  free(
    space: SpaceId,
    paths: readonly string[],
    insist: boolean,
  ): Promise<FreeResult> {
    return this.#serial(() => this.#free(space, paths, insist));
  }

  /** Puts the files of a batch back; false when none of them can be had back. */
  undoFree(batch: string): Promise<boolean> {
    return this.#serial(() => this.#undo(batch));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const cancel of this.#timers.values()) cancel();
    await this.#serial(() => Promise.resolve());
  }

  async #free(
    space: SpaceId,
    paths: readonly string[],
    insist: boolean,
  ): Promise<FreeResult> {
    const { placed, clock, random } = this.#options;
    const batch = randomId(random);
    const refused: Refused[] = [];
    let refusedFiles = 0;
    const refuse: Refuse = ({ path, size }, reason, lastHad = null) => {
      refusedFiles++;
      if (refused.length < REFUSALS_TOLD)
        refused.push({ path, size, reason, lastHad });
    };
    let number = 0;
    for await (const slice of placed.below(space, paths)) {
      const files: FreedFile[] = [];
      const { may, gone } = await mayGo(
        this.#options,
        space,
        slice,
        insist,
        refuse,
      );
      // Gone from the disk already: forgotten on the way.
      this.#forget(gone);
      for (const file of may) files.push(this.#described(file, number++));
      if (files.length === 0) continue;
      // Written down first: whatever happens now, nothing is forgotten.
      this.#freed.add(batch, clock.now(), files);
      const moved: FreedFile[] = [];
      for (const file of files) {
        if (await moveAside(batch, file)) moved.push(file);
        else refuse(file, "unreadable");
      }
      this.#let(batch, files, moved);
    }
    const done = this.#freed.batches().find((one) => one.batch === batch);
    if (done === undefined || done.files === 0) this.#freed.close(batch);
    else this.#removeLater(batch);
    this.#options.onChange();
    const { files = 0, bytes = 0 } = done ?? {};
    return {
      freed: files === 0 ? null : { batch, files, bytes },
      refused,
      refusedFiles,
    };
  }

  #described(file: PlacedFile, number: number): FreedFile {
    const { holdings, marks } = this.#options;
    const holding = holdings.at(placeOf(file));
    return {
      ...file,
      number,
      chunkSize: holding?.chunkSize ?? 0,
      list: holding === null ? null : holdings.list(file.root),
      mark: marks.at(file.space, file.path),
    };
  }

  /** Notes that files are no longer here; those that could not be moved stay. */
  #let(
    batch: string,
    files: readonly FreedFile[],
    moved: readonly FreedFile[],
  ): void {
    const stayed = new Set(files);
    for (const file of moved) stayed.delete(file);
    this.#options.local.transaction(() => {
      this.#freed.remove(
        batch,
        [...stayed].map(({ number }) => number),
      );
      this.#forget(moved);
    });
  }

  #forget(files: readonly PlacedFile[]): void {
    const { local, placed, holdings, marks, isListed } = this.#options;
    const [first] = files;
    if (first === undefined) return;
    local.transaction(() => {
      placed.forget(files);
      holdings.removeMany(files.map(placeOf));
      marks.letGo(
        first.space,
        files
          .map(({ path }) => path)
          .filter((path) => isListed(first.space, path)),
      );
    });
    placed.changed(first.space, files);
  }

  async #undo(batch: string): Promise<boolean> {
    const { local, placed, holdings, marks, onChange } = this.#options;
    this.#timers.get(batch)?.();
    const back: FreedFile[] = [];
    for (const file of this.#freed.files(batch))
      if (await moveBack(batch, file)) back.push(file);
    local.transaction(() => {
      placed.restore(back);
      for (const file of back)
        if (file.chunkSize > 0)
          holdings.add(
            { ...file, absolutePath: placeOf(file), origin: "theirs" },
            file.list ?? Buffer.alloc(0),
          );
      for (const { space, path, mark } of back)
        marks.restore(space, path, mark);
      this.#freed.remove(
        batch,
        back.map(({ number }) => number),
      );
    });
    const [first] = back;
    if (first !== undefined) placed.changed(first.space, back);
    // Something else lies where the rest was: that goes its way.
    await this.#remove(batch);
    onChange();
    return first !== undefined;
  }

  /** Goes on with a freeing that a crash cut short. */
  async #finish(batch: string): Promise<void> {
    const files = this.#freed.files(batch);
    const aside: FreedFile[] = [];
    for (const file of files) if (await isAside(batch, file)) aside.push(file);
    this.#let(batch, files, aside);
  }

  #removeLater(batch: string): void {
    const { clock, logger } = this.#options;
    if (this.#isClosed) return;
    const cancel = clock.after(FREE_UNDO_MS, () => {
      this.#timers.delete(batch);
      logger.background(
        "freeing",
        this.#serial(async () => {
          await this.#remove(batch);
          this.#options.onChange();
        }),
      );
    });
    this.#timers.set(batch, cancel);
  }

  async #remove(batch: string): Promise<void> {
    const files = this.#freed.files(batch);
    const removed: number[] = [];
    for (const file of files) {
      if (this.#isClosed) break;
      if (await removeAside(batch, file)) removed.push(file.number);
    }
    this.#freed.remove(batch, removed);
    this.#freed.close(batch);
    await tidyFolders(files);
  }
}
