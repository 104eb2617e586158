import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { isCoreError } from "#core/contract/errors.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Resource } from "#core/base/resource.ts";
import { createGroup } from "#core/base/serial.ts";
import type { Database } from "#core/storage/database.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { collectionNumber, headsOf } from "#core/listing/file-heads.ts";
import { movesAfter, movesTo } from "#core/listing/moves-table.ts";
import type { NotedMove } from "#core/listing/moves-table.ts";
import type { CarryMarks, StandingMove } from "./carry-marks.ts";
import type { SavedMove } from "#core/folders/move-saved.ts";
import type { Receiving } from "./receiving.ts";
import type {
  SavedFile,
  SavedFiles,
  SavedPlace,
} from "#core/folders/saved-files.ts";

export interface FollowMovesOptions {
  readonly index: Database;
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly receiving: Receiving;
  readonly marks: CarryMarks;
}

/** Moves looked at before others get their turn. */
const SLICE_MOVES = 200;
/** Names looked back over: whoever was away long finds a file under its last one. */
const NAMES = 32;

/**
 * Gives files that were received the names their author gave them since: what
 * lies here is moved and not a byte of it is fetched (FI9). A file that the
 * person changed stays where it is.
 */
export class FollowMoves implements Resource {
  readonly #options: FollowMovesOptions;
  /** Up to which move each collection was looked at in this run of the app. */
  readonly #looked = new Map<SpaceId, number>();
  #isClosed = false;
  /** Looks at what came since the last look; calls that come together share one. */
  readonly look: () => Promise<void>;

  #looking: Promise<void> = Promise.resolve();

  constructor(options: FollowMovesOptions) {
    this.#options = options;
    this.look = createGroup(() => (this.#looking = this.#look()));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // Whoever waits for it hears of a failure.
    await this.#looking.catch(() => undefined);
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return;
    const { saved } = this.#options;
    const spaces = new Set(saved.places().map(({ space }) => space));
    for (const space of spaces) if (!this.#isClosed) await this.#lookAt(space);
  }

  async #lookAt(space: SpaceId): Promise<void> {
    const { index, saved } = this.#options;
    const collection = collectionNumber(index, space);
    if (collection === null) return;
    await this.#carryMarks(space, collection);
    for await (const { moves, last } of this.#unlooked(space, collection)) {
      for (const place of saved.placesOf(space))
        await this.#follow(place, collection, moves);
      this.#looked.set(space, last);
    }
  }

  /** Moves noted since the last look, in slices, others having their turn between them. */
  async *#unlooked(
    space: SpaceId,
    collection: number,
  ): AsyncGenerator<{
    readonly moves: readonly NotedMove[];
    readonly last: number;
  }> {
    const { index } = this.#options;
    let after = this.#looked.get(space) ?? 0;
    while (!this.#isClosed) {
      const moves = movesAfter(index, collection, after, SLICE_MOVES);
      const last = moves.at(-1);
      if (last === undefined) return;
      after = last.n;
      yield { moves, last: after };
      await breathe();
    }
  }

  /** What was said of files goes with them, before anything is done because of it. */
  async #carryMarks(space: SpaceId, collection: number): Promise<void> {
    const { marks } = this.#options;
    if (!marks.isNeeded(space)) return;
    const standing: StandingMove[] = [];
    for await (const { moves } of this.#unlooked(space, collection))
      for (const move of moves) {
        const { ref, path, from, root } = move;
        if (this.#listed(space, collection, move) === null) continue;
        const names = [...this.#names(collection, path, from, root)];
        standing.push({ ref, path, names });
      }
    marks.carry(space, standing);
  }

  async #follow(
    place: SavedPlace,
    collection: number,
    moves: readonly NotedMove[],
  ): Promise<void> {
    const { receiving } = this.#options;
    const wanted = moves.flatMap(
      (move) => this.#wanted(place, collection, move) ?? [],
    );
    if (wanted.length === 0) return;
    // An unplugged drive: nothing is made in its place.
    const folder = join(place.base, place.name);
    if ((await lstat(folder).catch(() => null)) === null) return;
    try {
      await receiving.use(place, (it) => it.moveSaved(wanted));
    } catch (error) {
      // What could not be moved is had by a copy, or fetched, when it is asked for.
      if (!isCoreError(error)) throw error;
    }
  }

  /** The file to move, when the move still says how things are. */
  #wanted(
    place: SavedPlace,
    collection: number,
    move: NotedMove,
  ): SavedMove | null {
    const listed = this.#listed(place.space, collection, move);
    if (listed === null) return null;
    const old = this.#savedBefore(place, collection, move.from, listed);
    return old === null ? null : { old, file: listed };
  }

  /** The file under its new name; null when the move no longer says how things are. */
  #listed(
    space: SpaceId,
    collection: number,
    { path, ref, root }: NotedMove,
  ): ListedFile | null {
    const { index, files } = this.#options;
    const listed = files.file(space, path);
    if (listed?.root !== root) return null;
    const heads = headsOf(index, collection, path);
    return heads.some((head) => head.ref === ref) ? listed : null;
  }

  /** Under which of its earlier names the file lies here. */
  #savedBefore(
    { destination, space }: SavedPlace,
    collection: number,
    from: string,
    { path, root }: ListedFile,
  ): SavedFile | null {
    const { files, saved } = this.#options;
    for (const name of this.#names(collection, path, from, root)) {
      const old = saved.file(destination, name);
      // A name that is listed again is of another file.
      if (old?.root === root && files.file(space, name) === null) return old;
    }
    return null;
  }

  /** The names a content had before it came to `path`, the last one first. */
  *#names(
    collection: number,
    path: string,
    from: string,
    root: FileRoot,
  ): Generator<string> {
    const { index } = this.#options;
    const names = new Set([from]);
    for (const name of names) {
      if (name === path || names.size > NAMES) continue;
      yield name;
      for (const before of movesTo(index, collection, name, root))
        names.add(before.from);
    }
  }
}
