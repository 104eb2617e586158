import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { ContentStore } from "#core/fetching/content-store.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { releaseCopy } from "#core/files/release-copy.ts";
import type { Room } from "#core/keeping/room.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { CurrentFile, CurrentFiles } from "./current-files.ts";
import type { ReadGiven, ReadKeep } from "./read-given.ts";

/** What is to be here is looked at this often at most, in milliseconds. */
const LOOK_MS = 500;
/** And takes this part of the time at most: each look goes through all files. */
const REST_FACTOR = 20;
/** Files on their way at once; each waits for a holder as long as it takes. */
const AT_ONCE = 16;
/** A file is waited for this long, and longer the larger it is; then others get their turn. */
const TURN_MS = 60_000;
const TURN_BYTES_PER_MS = 100;
/** Files that are looked up at once. */
const SLICE = 4_096;

export interface ReadKeepingOptions {
  readonly given: ReadGiven;
  readonly spaces: Pick<Spaces, "get">;
  readonly current: Pick<CurrentFiles, "of">;
  readonly holdings: Pick<Holdings, "has" | "lookUp" | "at" | "remove">;
  readonly content: Pick<ContentStore, "ensure">;
  /** Bytes that may be taken for a person in all; 0 once nothing is promised any more. */
  readonly roomFor: (person: PersonId) => number;
  /** The disk's room, and the folder that copies come into. */
  readonly room: Pick<Room, "take">;
  readonly folder: string;
  readonly isHeld: (space: SpaceId) => boolean;
  /** Holds a collection for somebody, and lets it go again. */
  readonly follow: (link: SpaceLink) => Promise<void>;
  readonly unfollow: (space: SpaceId) => Promise<void>;
  /** Something may have come, gone or been allowed. */
  readonly changes: Signal;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * What is kept here for others that I may read: their posts and collections
 * with all files, as far as was promised and they want it, and no longer (KE7,
 * KE8). Lists and posts are held like any other; files lie among the app's
 * copies, and go when they need not be kept any more.
 */
export class ReadKeeping implements Resource {
  readonly #options: ReadKeepingOptions;
  readonly #serial = createSerial();
  readonly #stop: () => void;
  readonly #under = new Map<FileRoot, AbortController>();
  readonly #used = new Map<PersonId, number>();
  readonly #changed = createTrigger();
  /** What is to come, in that order; of the last look. */
  #due: CurrentFile[] = [];
  /** How often a file had its turn and did not come. */
  readonly #turns = new Map<FileRoot, number>();
  #cancelLook: (() => void) | null = null;
  #restMs = LOOK_MS;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: ReadKeepingOptions) {
    this.#options = options;
    this.#stop = options.changes.subscribe(() => {
      this.#lookSoon();
    });
  }

  /** Fires when more or less is here. */
  get changed(): Signal {
    return this.#changed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const controller of this.#under.values()) controller.abort();
    this.#stop();
    this.#cancelLook?.();
    await this.#running;
  }

  /** Bytes taken for somebody, when last looked at. */
  usedBy(person: PersonId): number {
    return this.#used.get(person) ?? 0;
  }

  /**
   * Keeps these spaces for somebody, and no others; all of them are theirs.
   * @returns the rule that is broken, or null
   */
  keep(person: PersonId, links: readonly SpaceLink[]): Promise<string | null> {
    return this.#serial(async () => {
      const { given, follow, unfollow, isHeld, roomFor } = this.#options;
      const isTheirs = links.every(
        ({ charter: { founder, kind } }) =>
          founder === person && (kind === "feed" || kind === "collection"),
      );
      if (!isTheirs) return "keep-of-another";
      const wanted = roomFor(person) === 0 ? [] : links;
      const before = new Map(given.of(person).map((it) => [it.space, it]));
      const now = new Map<SpaceId, ReadKeep>();
      for (const link of wanted) {
        const space = spaceIdOf(link.charter);
        const isNew = link.charter.kind === "collection" && !isHeld(space);
        if (isNew) await follow(link);
        const came = isNew || (before.get(space)?.came ?? false);
        now.set(space, { space, came });
      }
      given.set(person, [...now.values()]);
      for (const { space, came } of before.values())
        if (came && !now.has(space)) await unfollow(space);
      if (before.size + now.size > 0) this.#lookSoon();
      return null;
    });
  }

  #lookSoon(): void {
    if (this.#isClosed) return;
    const { clock, logger } = this.#options;
    this.#cancelLook ??= clock.after(this.#restMs, () => {
      this.#cancelLook = null;
      const began = clock.monotonic();
      this.#running = this.#running
        .then(() => this.#look())
        .then(() => {
          const took = clock.monotonic() - began;
          this.#restMs = Math.max(LOOK_MS, took * REST_FACTOR);
        });
      logger.background("keeping for others", this.#running);
    });
  }

  async #look(): Promise<void> {
    const { given, holdings, folder } = this.#options;
    if (this.#isClosed) return;
    const wanted = new Map<FileRoot, CurrentFile>();
    this.#due = [];
    const before = JSON.stringify([...this.#used]);
    this.#used.clear();
    for (const person of given.people()) {
      const files = this.#wantedFor(person);
      for (const file of files) wanted.set(file.root, file);
      const missing = new Set(this.#missing(files));
      this.#due.push(...missing);
      const here = files
        .filter((file) => !missing.has(file))
        .reduce((sum, { size }) => sum + size, 0);
      this.#used.set(person, this.#logBytes(person) + here);
    }
    if (JSON.stringify([...this.#used]) !== before) this.#changed.fire();
    for (const [root, controller] of this.#under)
      if (!wanted.has(root)) controller.abort();
    for (const root of given.files())
      if (!wanted.has(root) && !this.#under.has(root)) {
        await releaseCopy(holdings, folder, root);
        given.forgetFile(root);
      }
    const turns = ({ root }: CurrentFile) => this.#turns.get(root) ?? 0;
    this.#due.sort((a, b) => turns(a) - turns(b));
    this.#fill();
  }

  #missing(files: readonly CurrentFile[]): readonly CurrentFile[] {
    const { holdings } = this.#options;
    const missing: CurrentFile[] = [];
    for (let at = 0; at < files.length; at += SLICE) {
      const some = files.slice(at, at + SLICE);
      holdings.lookUp(some.map(({ root }) => root));
      missing.push(...some.filter(({ root }) => !holdings.has(root)));
    }
    return missing;
  }

  #fill(): void {
    while (this.#under.size < AT_ONCE && !this.#isClosed) {
      const next = this.#due.shift();
      if (next === undefined) break;
      if (this.#under.has(next.root)) continue;
      this.#options.logger.background("keeping", this.#bring(next));
    }
  }

  /** Files that are to be here for somebody: of each space the small ones first, as far as there is room. */
  #wantedFor(person: PersonId): readonly CurrentFile[] {
    const { given, current, roomFor } = this.#options;
    const room = roomFor(person);
    const wanted = new Map<FileRoot, CurrentFile>();
    let sum = this.#logBytes(person);
    for (const { space } of given.of(person))
      for (const file of current
        .of(space)
        .toSorted((a, b) => a.size - b.size)) {
        if (wanted.has(file.root) || sum + file.size > room) continue;
        wanted.set(file.root, file);
        sum += file.size;
      }
    return [...wanted.values()];
  }

  #logBytes(person: PersonId): number {
    const { given, spaces } = this.#options;
    return given
      .of(person)
      .flatMap(({ space }) => [...(spaces.get(space)?.logs.values() ?? [])])
      .reduce((sum, { log }) => sum + log.bytes, 0);
  }

  async #bring({ root, size }: CurrentFile): Promise<void> {
    const { content, given, room, folder, clock } = this.#options;
    const controller = new AbortController();
    this.#under.set(root, controller);
    const { signal } = controller;
    const ends = [signal];
    const turn = TURN_MS + size / TURN_BYTES_PER_MS;
    const endTurn = clock.after(turn, () => {
      this.#turns.set(root, (this.#turns.get(root) ?? 0) + 1);
      controller.abort();
    });
    try {
      const reservation = await room.take({
        folder,
        sizes: [size],
        signal,
        onWait: () => undefined,
      });
      try {
        // Noted before it is here: a crash in between leaves nothing behind.
        given.noteFile(root);
        ends.push(reservation.revoked);
        await content.ensure(root, AbortSignal.any(ends));
      } finally {
        reservation.release();
      }
    } catch (error) {
      // A full disk, or not wanted any more: looked at again when something changes.
      const isOver = ends.some(({ aborted }) => aborted);
      if (!isOver && !isCoreError(error)) throw error;
    } finally {
      endTurn();
      this.#under.delete(root);
      this.#fill();
      this.#lookSoon();
    }
  }
}
