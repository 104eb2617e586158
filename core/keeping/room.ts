import { ROOM_BYTES } from "#core/contract/limits.ts";
import type { RoomLack } from "#core/contract/keeping-models.ts";
import type { RoomSettings } from "#core/contract/keeping-settings.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createGroup } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { DiskSpace } from "#core/core-port.ts";
import { asError } from "#core/fetching/fetch-progress.ts";

export interface RoomOptions {
  readonly disks: DiskSpace;
  /** The folder of the app's own data: the disk that is shown. */
  readonly dataFolder: string;
  readonly settings: () => RoomSettings;
  /** Bytes the app uses now, but for what is on its way. */
  readonly used: () => number;
  /** Frees at least so many bytes when the person lets the app; false when it does not. */
  readonly makeRoom: (bytes: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Room that was given to a fetch. Has to be let go. */
export interface Reservation {
  /** Which of the wished sizes it is for. */
  readonly granted: readonly number[];
  /** Fires when the disk turned out fuller than thought: stop, and wait for room again. */
  readonly revoked: AbortSignal;
  /** So many of its bytes are on the disk by now. */
  written(bytes: number): void;
  release(): void;
}

export interface RoomWish {
  /** Where the files are to lie. */
  readonly folder: string;
  /** Bytes each file still needs. As many as fit are granted, one at least. */
  readonly sizes: readonly number[];
  readonly signal: AbortSignal | undefined;
  /** There is no room now; called before it waits. */
  readonly onWait: () => void;
}

interface Waiting extends RoomWish {
  grant(reservation: Reservation): void;
  lack: RoomLack | null;
}

interface Given {
  readonly folder: string;
  readonly disk: string;
  readonly size: number;
  left: number;
  readonly stop: AbortController;
}

/** A disk, and bytes that are free on it. */
interface DiskFree {
  readonly disk: string;
  readonly free: number;
}

/** While something waits, the disk is looked at this often. */
const LOOK_MS = 3_000;
/** And after this much was written. */
const WRITTEN_BYTES = 16 * 1024 * 1024;
/** What is free is told again when it is another by this part of it. */
const NEWS_PART = 0.01;

/** Gives room on the disk to what is fetched, and makes it wait where there is none. */
export class Room implements Resource {
  readonly #options: RoomOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #given = new Set<Given>();
  readonly #changed = createTrigger();
  readonly #look: () => Promise<void>;
  #cancelLook: (() => void) | null = null;
  #writtenSince = 0;
  #free = 0;
  #freeTold = 0;
  #isClosed = false;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#look = createGroup(() => this.#lookNow());
  }

  /** Fires when something begins to wait for room or goes on, and when more or less of the disk is free. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Why downloads wait; null when none does. */
  get lack(): RoomLack | null {
    for (const { lack } of this.#waiting) if (lack !== null) return lack;
    return null;
  }

  /** Why what is fetched into a folder waits; null when it does not. */
  lackIn(folder: string): RoomLack | null {
    for (const one of this.#waiting)
      if (one.lack !== null && one.folder === folder) return one.lack;
    return null;
  }

  /** Bytes of the disk of the app's data that were free when last looked at. */
  get diskFree(): number {
    return this.#free;
  }

  /** What the app may use now. */
  get limit(): number {
    const { settings, used } = this.#options;
    const { limit } = settings();
    // What the app uses itself is not held against it.
    return (
      limit ?? Math.min(ROOM_BYTES, Math.round((this.#free + used()) / 10))
    );
  }

  /** Waits until there is room. @throws the reason of the signal */
  take(wish: RoomWish): Promise<Reservation> {
    return new Promise((resolve, reject) => {
      const { signal } = wish;
      signal?.throwIfAborted();
      const stopped = (): void => {
        this.#waiting.delete(waiting);
        this.#changed.fire();
        reject(asError(signal?.reason));
      };
      const waiting: Waiting = {
        ...wish,
        lack: null,
        grant(reservation) {
          signal?.removeEventListener("abort", stopped);
          resolve(reservation);
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener("abort", stopped, { once: true });
      this.look();
    });
  }

  /** Looks whether there is room now: something was freed, or another limit was set. */
  look(): void {
    if (this.#isClosed) return;
    this.#options.logger.background("room", this.#look());
  }

  /** Looks at the disk of the app's data. */
  async refresh(): Promise<void> {
    await this.#look();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook?.();
    return Promise.resolve();
  }

  async #lookNow(): Promise<void> {
    const { disks, dataFolder } = this.#options;
    this.#writtenSince = 0;
    const { free } = await disks.look(dataFolder);
    this.#free = free;
    this.#tellFree();
    const folders = new Set(
      [...this.#waiting, ...this.#given].map(({ folder }) => folder),
    );
    const seen = new Map<string, DiskFree>();
    for (const folder of folders) seen.set(folder, await disks.look(folder));
    if (this.#isClosed) return;
    this.#takeBack(seen);
    for (const waiting of this.#waiting) this.#tryGrant(waiting, seen);
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#lookLater();
    const at = seen.get(first.folder);
    if (at === undefined || !this.#options.settings().freeByItself) return;
    const { within, onDisk } = this.#left(at);
    const lacking = Math.min(...first.sizes) - Math.min(within, onDisk);
    if (lacking > 0 && (await this.#options.makeRoom(lacking))) this.look();
  }

  /** What may be used goes by what is free; each written byte is no news. */
  #tellFree(): void {
    const step = this.#freeTold * NEWS_PART;
    if (this.#isClosed || Math.abs(this.#free - this.#freeTold) <= step) return;
    this.#freeTold = this.#free;
    this.#changed.fire();
  }

  #lookLater(): void {
    if (this.#cancelLook !== null || this.#isClosed) return;
    this.#cancelLook = this.#options.clock.after(LOOK_MS, () => {
      this.#cancelLook = null;
      this.look();
    });
  }

  #tryGrant(waiting: Waiting, seen: ReadonlyMap<string, DiskFree>): void {
    const at = seen.get(waiting.folder);
    // Came while the disks were looked at.
    if (at === undefined) {
      this.look();
      return;
    }
    let size = 0;
    let lack: RoomLack | null = null;
    const granted: number[] = [];
    const lackFor = this.#lacks(at);
    for (const [index, wished] of waiting.sizes.entries()) {
      const lacking = lackFor(size + wished);
      lack ??= lacking;
      if (lacking !== null) continue;
      size += wished;
      granted.push(index);
    }
    if (granted.length > 0) {
      this.#waiting.delete(waiting);
      waiting.grant(this.#give(waiting.folder, at.disk, size, granted));
      if (waiting.lack !== null) this.#changed.fire();
    } else if (waiting.lack !== lack) {
      waiting.lack = lack;
      waiting.onWait();
      this.#changed.fire();
    }
  }

  /** What is lacking for so many bytes; looked up once for however many files. */
  #lacks(at: DiskFree): (size: number) => RoomLack | null {
    const { within, onDisk } = this.#left(at);
    return (size) => (size > within ? "limit" : size > onDisk ? "disk" : null);
  }

  /** Bytes that may still be given: of what the app may use, and of a disk. */
  #left({ disk, free }: DiskFree) {
    const { settings, used } = this.#options;
    let reserved = 0;
    let unwritten = 0;
    for (const given of this.#given) {
      reserved += given.size;
      if (given.disk === disk) unwritten += given.left;
    }
    return {
      within: this.limit - used() - reserved,
      onDisk: free - unwritten - settings().alwaysFree,
    };
  }

  #give(
    folder: string,
    disk: string,
    size: number,
    granted: readonly number[],
  ): Reservation {
    const given: Given = {
      folder,
      disk,
      size,
      left: size,
      stop: new AbortController(),
    };
    this.#given.add(given);
    return {
      granted,
      revoked: given.stop.signal,
      written: (bytes) => {
        const left = Math.max(0, size - bytes);
        this.#writtenSince += Math.max(0, given.left - left);
        given.left = left;
        if (this.#writtenSince >= WRITTEN_BYTES) this.look();
      },
      release: () => {
        // Nobody waits for it: the next one who does looks.
        if (this.#given.delete(given) && this.#waiting.size > 0) this.look();
      },
    };
  }

  /** Others fill the disk too: then what was given is taken back, and waits anew. */
  #takeBack(seen: ReadonlyMap<string, DiskFree>): void {
    const { alwaysFree } = this.#options.settings();
    for (const given of this.#given) {
      const at = seen.get(given.folder);
      if (at === undefined || at.free >= alwaysFree) continue;
      this.#given.delete(given);
      given.stop.abort(new CoreError("cancelled", {}));
    }
  }
}
