import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { createThrottled } from "#core/base/throttled.ts";
import type { ContentStore } from "#core/files/content-store.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { releaseCopy } from "#core/files/release-copy.ts";
import type { Room } from "#core/keeping/room.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { CurrentFiles } from "./current-files.ts";
import type { ReadGiven, ReadKeep } from "./read-given.ts";

/** What is to be here is looked at this often at most, in milliseconds. */
const LOOK_MS = 500;
/** Files on their way at once; each waits for a holder as long as it takes. */
const AT_ONCE = 8;

export interface ReadKeepingOptions {
  readonly given: ReadGiven;
  readonly spaces: Pick<Spaces, "get">;
  readonly current: Pick<CurrentFiles, "of">;
  readonly holdings: Pick<Holdings, "has" | "at" | "remove">;
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
  readonly #looks;
  readonly #closers = new Closers();
  readonly #under = new Map<FileRoot, AbortController>();
  readonly #used = new Map<PersonId, number>();
  readonly #changed = createTrigger();
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: ReadKeepingOptions) {
    this.#options = options;
    const { clock, changes, logger } = options;
    this.#looks = this.#closers.add(createThrottled(clock, LOOK_MS));
    this.#looks.subscribe(() => {
      this.#running = this.#running.then(() => this.#look());
      logger.background("keeping for others", this.#running);
    });
    this.#closers.addTask(
      changes.subscribe(() => {
        this.#looks.fire();
      }),
    );
  }

  /** Fires when more or less is here. */
  get changed(): Signal {
    return this.#changed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const controller of this.#under.values()) controller.abort();
    await this.#closers.close();
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
      if (before.size + now.size > 0) this.#looks.fire();
      return null;
    });
  }

  async #look(): Promise<void> {
    const { given, holdings, folder } = this.#options;
    if (this.#isClosed) return;
    const wanted = new Map<FileRoot, number>();
    for (const person of given.people())
      for (const [root, size] of this.#wantedFor(person))
        wanted.set(root, size);
    for (const [root, controller] of this.#under)
      if (!wanted.has(root)) controller.abort();
    for (const root of given.files())
      if (!wanted.has(root) && !this.#under.has(root)) {
        await releaseCopy(holdings, folder, root);
        given.forgetFile(root);
      }
    for (const [root, size] of wanted) {
      if (this.#under.size >= AT_ONCE || this.#hasClosed()) break;
      if (this.#under.has(root) || holdings.has(root)) continue;
      this.#options.logger.background("keeping", this.#bring(root, size));
    }
    const before = JSON.stringify([...this.#used]);
    this.#used.clear();
    for (const person of given.people())
      this.#used.set(person, this.#count(person));
    if (JSON.stringify([...this.#used]) !== before) this.#changed.fire();
  }

  /** Set while others ran. */
  #hasClosed(): boolean {
    return this.#isClosed;
  }

  /** Files that are to be here for somebody: of each space the small ones first, as far as there is room. */
  #wantedFor(person: PersonId): ReadonlyMap<FileRoot, number> {
    const { given, current, roomFor } = this.#options;
    const room = roomFor(person);
    const wanted = new Map<FileRoot, number>();
    let sum = this.#logBytes(person);
    for (const { space } of given.of(person))
      for (const { root, size } of current
        .of(space)
        .toSorted((a, b) => a.size - b.size)) {
        if (wanted.has(root) || sum + size > room) continue;
        wanted.set(root, size);
        sum += size;
      }
    return wanted;
  }

  #count(person: PersonId): number {
    let sum = this.#logBytes(person);
    for (const [root, size] of this.#wantedFor(person))
      if (this.#options.holdings.has(root)) sum += size;
    return sum;
  }

  #logBytes(person: PersonId): number {
    const { given, spaces } = this.#options;
    return given
      .of(person)
      .flatMap(({ space }) => [...(spaces.get(space)?.logs.values() ?? [])])
      .reduce((sum, { log }) => sum + log.bytes, 0);
  }

  async #bring(root: FileRoot, size: number): Promise<void> {
    const { content, given, room, folder } = this.#options;
    const controller = new AbortController();
    this.#under.set(root, controller);
    const { signal } = controller;
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
        await content.ensure(
          root,
          AbortSignal.any([signal, reservation.revoked]),
        );
      } finally {
        reservation.release();
      }
    } catch (error) {
      // A full disk, or not wanted any more: looked at again when something changes.
      const isOver = signal.aborted || error === signal.reason;
      if (!isOver && !isCoreError(error)) throw error;
    } finally {
      this.#under.delete(root);
      this.#looks.fire();
    }
  }
}
