import { lstat, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Fetcher } from "#core/files/fetch.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings, NewHolding } from "#core/files/holdings.ts";
import { createNamer } from "#core/files/naming.ts";
import type { Namer } from "#core/files/naming.ts";
import { placeFiles } from "#core/files/place.ts";
import type { Arrival, Placed } from "#core/files/place.ts";
import { asRefusal } from "#core/files/place-folder.ts";
import type { Destination } from "#core/files/place-folder.ts";
import type { ListedFile } from "./collection-index.ts";
import type { SavedFile, SavedFiles, SavedPlace } from "./saved-files.ts";

export interface ReceivingParts {
  readonly place: SavedPlace;
  readonly destination: Destination;
  readonly fetcher: Fetcher;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly random: Random;
  /** Files of the collection came to be here. */
  readonly onPlaced: (space: SpaceId, paths: readonly string[]) => void;
}

/** A file that is whole and verified, and has no name yet. */
export interface Whole {
  readonly file: ListedFile;
  /** Absolute, in the destination's folder for unfinished files. */
  readonly temp: string;
  /** The chunks' hashes. */
  readonly list: Buffer;
}

/** What is in a way of its own that a person has to see to. */
export interface NotPlaced {
  readonly path: string;
  readonly error: unknown;
}

/** Small files written at one time. */
const WRITING = 16;

/**
 * One folder that files of one collection are received into. Several transfers
 * may share it; names are given and files put in place one batch after another.
 */
export class ReceivingFolder {
  readonly #parts: ReceivingParts;
  readonly #namer: Namer;
  readonly #serial = createSerial();
  readonly #tempPrefix: string;
  #temps = 0;

  constructor(parts: ReceivingParts) {
    this.#parts = parts;
    this.#tempPrefix = randomId(parts.random);
    this.#namer = createNamer(
      parts.destination.platform,
      parts.saved.names(parts.place.destination),
    );
  }

  get fetcher(): Fetcher {
    return this.#parts.fetcher;
  }

  /** Whether this very version of a file lies here, as we left it. */
  async isSaved({ path, root }: ListedFile): Promise<boolean> {
    const saved = this.#saved(path);
    if (saved?.root !== root) return false;
    return await this.#isAsLeft(saved);
  }

  /** A name for an unfinished file that no other one has. */
  newTemp(): string {
    return join(
      this.#parts.destination.incoming,
      `${this.#tempPrefix}-${String(this.#temps++)}.new`,
    );
  }

  /**
   * Writes small files down and puts them at their names.
   * @returns those that could not be put there
   * @throws `disk-full`
   */
  async placeBytes(
    files: readonly (Omit<Whole, "temp"> & { readonly bytes: Buffer })[],
  ): Promise<readonly NotPlaced[]> {
    const written = files.map((it) => ({ ...it, temp: this.newTemp() }));
    try {
      await this.#write(written);
      const failed = await this.place(written);
      if (failed.length > 0) await this.#remove(written);
      return failed;
    } catch (error) {
      // On a full disk least of all may anything be left lying about.
      await this.#remove(written);
      throw asRefusal(error, this.#parts.destination.folder);
    }
  }

  /**
   * Puts files at their names and writes down where they are (FI4, FI7).
   * @returns those that could not be put there
   */
  place(files: readonly Whole[]): Promise<readonly NotPlaced[]> {
    return this.#serial(() => this.#place(files));
  }

  async #write(
    files: readonly { readonly temp: string; readonly bytes: Buffer }[],
  ): Promise<void> {
    for (let at = 0; at < files.length; at += WRITING) {
      const writes = files
        .slice(at, at + WRITING)
        .map(({ temp, bytes }) =>
          writeFile(temp, bytes, { flag: "wx", mode: 0o644 }),
        );
      // All of them have ended before one is removed again.
      await Promise.allSettled(writes);
      await Promise.all(writes);
    }
  }

  async #remove(files: readonly { readonly temp: string }[]): Promise<void> {
    for (const { temp } of files) await rm(temp, { force: true });
  }

  async #place(files: readonly Whole[]): Promise<readonly NotPlaced[]> {
    const { destination, hasher } = this.#parts;
    const failed: NotPlaced[] = [];
    const arriving: { readonly whole: Whole; readonly arrival: Arrival }[] = [];
    for (const whole of files) {
      const { path } = whole.file;
      const safe = this.#namer.assign(path);
      if (safe.kind === "refused")
        failed.push({
          path,
          error: new CoreError("not-found", { what: path }),
        });
      else arriving.push({ whole, arrival: this.#arrival(whole, safe.parts) });
    }
    const results = await placeFiles(
      destination,
      arriving.map(({ arrival }) => arrival),
      hasher,
    );
    const done: { readonly whole: Whole; readonly placed: Placed }[] = [];
    for (const [index, { whole }] of arriving.entries()) {
      const result = results[index];
      if (result?.kind === "placed")
        done.push({ whole, placed: result.placed });
      else failed.push({ path: whole.file.path, error: result?.error });
    }
    this.#writeDown(done);
    return failed;
  }

  #arrival({ file, temp }: Whole, parts: readonly string[]): Arrival {
    const saved = this.#saved(file.path);
    const isSameName =
      saved !== null && saved.parts.join("/") === parts.join("/");
    const { root, size, chunkSize, changedAt } = file;
    return {
      temp,
      parts,
      content: { root, size, chunkSize },
      changedAt,
      known: isSameName ? { size: saved.size, mtimeMs: saved.mtimeMs } : null,
    };
  }

  #writeDown(
    done: readonly { readonly whole: Whole; readonly placed: Placed }[],
  ): void {
    const { place, saved, holdings, onPlaced } = this.#parts;
    const files: SavedFile[] = [];
    const held: NewHolding[] = [];
    for (const { whole, placed } of done) {
      const { path, root, size, chunkSize } = whole.file;
      const { parts, absolutePath, mtimeMs } = placed;
      this.#namer.settle(path, parts);
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
    holdings.addMany(held);
    saved.addFiles(place.destination, files);
    onPlaced(
      place.space,
      files.map(({ path }) => path),
    );
  }

  #saved(path: string): SavedFile | null {
    const { saved, place } = this.#parts;
    return saved.file(place.destination, path);
  }

  async #isAsLeft({ parts, size, mtimeMs }: SavedFile): Promise<boolean> {
    const path = join(this.#parts.destination.folder, ...parts);
    const seen = await lstat(path).catch(() => null);
    return (
      seen?.isFile() === true && seen.size === size && seen.mtimeMs === mtimeMs
    );
  }
}
