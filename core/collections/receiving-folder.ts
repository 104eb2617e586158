import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Fetching } from "#core/keeping/room-fetcher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { NewHolding } from "#core/files/model.ts";
import { createNamer } from "#core/naming/naming.ts";
import type { Namer } from "#core/naming/naming.ts";
import type { Arrival } from "#core/files/place-ready.ts";
import type { Placed } from "#core/files/place.ts";
import type { Destination } from "#core/files/place-folder.ts";
import type { Placer } from "#core/files/placer.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { moveSaved } from "#core/folders/move-saved.ts";
import type { SavedMove } from "#core/folders/move-saved.ts";
import type { Replaced } from "#core/versions/kept-versions.ts";
import { addingSaved } from "#core/folders/saved-files.ts";
import type {
  SavedFile,
  SavedFiles,
  SavedPlace,
} from "#core/folders/saved-files.ts";

export interface ReceivingParts {
  readonly place: SavedPlace;
  readonly destination: Destination;
  readonly fetcher: Fetching;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly placer: Placer;
  readonly random: Random;
  readonly clock: Pick<Clock, "now">;
  /** Keeps what is about to be replaced by a newer version. */
  readonly keepVersion: (space: SpaceId, version: Replaced) => Promise<void>;
  /** Whether a file may come now: in a folder that takes part nothing comes over, or beside, what the person changed. */
  readonly mayCome: (place: SavedPlace, path: string) => Promise<boolean>;
  /** How a file was left that no transfer put there: it is shared from here. */
  readonly leftOf: (place: SavedPlace, path: string) => SavedFile | null;
  /** Files of the collection came to be here. */
  readonly onPlaced: (space: SpaceId, files: readonly SavedFile[]) => void;
}

/** A file that is whole and verified, and has no name yet. */
export interface Whole {
  readonly file: ListedFile;
  /** Absolute, in the destination's folder for unfinished files. */
  readonly temp: string;
  /** What is written to `temp` first; when left out it is there. */
  readonly bytes?: Buffer;
  /** The chunks' hashes; nothing for content in one chunk, whose root says all. */
  readonly list: Buffer;
}

/** What is in a way of its own that a person has to see to. */
export interface NotPlaced {
  readonly path: string;
  readonly error: unknown;
}

/**
 * One folder that files of one collection are received into. Several transfers
 * may share it. While some files are put in place, others may be written down.
 * Versions of one file follow each other; so do names of one content, which is
 * fetched once for all of them (FI9): one gets the file, the others copies.
 */
export class ReceivingFolder {
  readonly #parts: ReceivingParts;
  readonly #namer: Namer;
  /** Every path that has ever been put here: of the others nothing need be asked. */
  readonly #savedPaths: Set<string>;
  /** Files on their way to their names, and when that is over: by path, and by where they lie now. */
  readonly #placing = new Map<string, Promise<unknown>>();
  readonly #tempPrefix: string;
  #temps = 0;

  constructor(parts: ReceivingParts) {
    this.#parts = parts;
    this.#tempPrefix = join(parts.destination.incoming, randomId(parts.random));
    const names = parts.saved.names(parts.place.destination);
    this.#namer = createNamer(parts.destination.platform, names);
    this.#savedPaths = new Set(names.map(([path]) => path));
  }

  get fetcher(): Fetching {
    return this.#parts.fetcher;
  }

  /** Whether this very version of a file lies here, as we left it, or nothing is to come in its place. */
  async isSaved({ path, root }: ListedFile): Promise<boolean> {
    const { mayCome, place } = this.#parts;
    if (!(await mayCome(place, path))) return true;
    const saved = this.#saved(path);
    if (saved?.root !== root) return false;
    return (await this.#isAsLeft(saved)) && !this.#isDamaged(saved);
  }

  /** A name for an unfinished file that no other one has. */
  newTemp(): string {
    return `${this.#tempPrefix}-${String(this.#temps++)}.new`;
  }

  /**
   * Gives a file its name before it is here, so that of names that differ only in
   * case the number follows from the order they are asked for, not from what
   * arrives first (FI7).
   */
  reserve(path: string): void {
    this.#namer.assign(path);
  }

  /**
   * Puts files at their names and writes down where they are (FI4, FI7).
   * @returns those that could not be put there
   * @throws `disk-full` when it cannot be written down
   */
  async place(files: readonly Whole[]): Promise<readonly NotPlaced[]> {
    // What comes with its bytes has a temporary file of its own.
    const keys = files.flatMap(({ file, temp, bytes }) =>
      bytes === undefined ? [`path ${file.path}`, temp] : `path ${file.path}`,
    );
    for (;;) {
      const busy = keys.find((key) => this.#placing.has(key));
      if (busy === undefined) break;
      await this.#placing.get(busy);
    }
    const placing = this.#place(files);
    const ended = placing
      .catch(() => undefined)
      .finally(() => {
        for (const key of keys) this.#placing.delete(key);
      });
    for (const key of keys) this.#placing.set(key, ended);
    return await placing;
  }

  async #place(files: readonly Whole[]): Promise<readonly NotPlaced[]> {
    const { destination, placer } = this.#parts;
    const failed: NotPlaced[] = [];
    const arriving: { readonly whole: Whole; readonly arrival: Arrival }[] = [];
    for (const whole of files) {
      const { path } = whole.file;
      const { mayCome, place } = this.#parts;
      if (!(await mayCome(place, path))) continue;
      const safe = this.#namer.assign(path);
      if (safe.kind === "refused")
        failed.push({
          path,
          error: new CoreError("not-found", { what: path }),
        });
      else arriving.push({ whole, arrival: this.#arrival(whole, safe.parts) });
    }
    await this.#keepReplaced(
      arriving.map(({ arrival }) => arrival),
      files,
    );
    const results = await placer.place(
      destination,
      arriving.map(({ arrival }) => arrival),
    );
    const done: { readonly whole: Whole; readonly placed: Placed }[] = [];
    for (const [index, { whole, arrival }] of arriving.entries()) {
      const result = results[index];
      if (result?.kind === "placed") {
        const { placed } = result;
        if (placed.parts.join("/") !== arrival.parts.join("/"))
          this.#namer.settle(whole.file.path, placed.parts);
        done.push({ whole, placed });
      } else failed.push({ path: whole.file.path, error: result?.error });
    }
    await this.#writeDown(done);
    return failed;
  }

  /** Gives files that lie here, as we left them, their new names; see `moveSaved`. */
  async moveSaved(moves: readonly SavedMove[]): Promise<void> {
    const { saved, place, destination, holdings } = this.#parts;
    await moveSaved(
      {
        top: destination.folder,
        namer: this.#namer,
        newTemp: () => this.newTemp(),
        isAsLeft: (file) => this.#isAsLeft(file),
        savedAt: async (file) =>
          (await this.isSaved(file)) ? this.#saved(file.path) : null,
        place: (files) => this.place(files),
        listOf: (root) => holdings.list(root),
        forget: (files) => {
          const paths = files.map(({ path }) => path);
          saved.removeFiles(place.destination, paths);
          for (const path of paths) this.#savedPaths.delete(path);
          // Where case makes no difference, it may be the new one's place too.
          const left = files.filter(
            ({ parts }) =>
              saved.pathOf(place.destination, parts.join("/")) === null,
          );
          holdings.removeMany(
            left.map(({ parts }) => join(destination.folder, ...parts)),
          );
        },
      },
      moves,
    );
  }

  /** What was here before is an earlier version now; see `KeptVersions`. */
  async #keepReplaced(
    arrivals: readonly Arrival[],
    files: readonly Whole[],
  ): Promise<void> {
    const { keepVersion, place, destination } = this.#parts;
    const paths = new Map(files.map(({ file, temp }) => [temp, file.path]));
    for (const { temp, parts, known, content } of arrivals) {
      const saved = this.#saved(paths.get(temp) ?? "");
      if (known === null || saved === null || saved.root === content.root)
        continue;
      const absolutePath = join(destination.folder, ...parts);
      await keepVersion(place.space, { ...saved, absolutePath });
    }
  }

  #arrival({ file, temp, bytes }: Whole, parts: readonly string[]): Arrival {
    const saved = this.#saved(file.path);
    const isSameName =
      saved !== null && saved.parts.join("/") === parts.join("/");
    const { root, size, chunkSize, changedAt } = file;
    return {
      temp,
      ...(bytes === undefined ? {} : { bytes }),
      parts,
      content: { root, size, chunkSize },
      changedAt,
      known: isSameName ? { size: saved.size, mtimeMs: saved.mtimeMs } : null,
    };
  }

  async #writeDown(
    done: readonly { readonly whole: Whole; readonly placed: Placed }[],
  ): Promise<void> {
    const { place, holdings, onPlaced, clock } = this.#parts;
    const files: SavedFile[] = [];
    const held: NewHolding[] = [];
    for (const { whole, placed } of done) {
      const { path, root, size, chunkSize } = whole.file;
      const { parts, absolutePath, mtimeMs } = placed;
      files.push({ path, parts, root, size, mtimeMs });
      held.push({
        holding: {
          root,
          size,
          chunkSize,
          absolutePath,
          mtimeMs,
          origin: "theirs",
        },
        list: whole.list,
      });
    }
    // Together, so that the disk is waited for once.
    await holdings.addManyInThread(held, [
      addingSaved(place.destination, files, clock.now()),
    ]);
    for (const { path } of files) this.#savedPaths.add(path);
    onPlaced(place.space, files);
  }

  #saved(path: string): SavedFile | null {
    const { saved, place } = this.#parts;
    const { leftOf } = this.#parts;
    if (!this.#savedPaths.has(path)) return leftOf(place, path);
    return saved.file(place.destination, path) ?? leftOf(place, path);
  }

  /** It lies there as we left it, and its bytes are others: then it comes anew. */
  #isDamaged({ parts }: SavedFile): boolean {
    const path = join(this.#parts.destination.folder, ...parts);
    return this.#parts.holdings.at(path)?.damaged === true;
  }

  async #isAsLeft({ parts, size, mtimeMs }: SavedFile): Promise<boolean> {
    const path = join(this.#parts.destination.folder, ...parts);
    const seen = await lstat(path).catch(() => null);
    return (
      seen?.isFile() === true && seen.size === size && seen.mtimeMs === mtimeMs
    );
  }
}
