import { DISK_FLOOR_BYTES } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import type { DiskSpace } from "#core/core-port.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { Database } from "#core/storage/database.ts";
import { CollectionRules } from "./collection-rules.ts";
import { systemDiskSpace } from "./disk-space.ts";
import { folderBytes } from "./folder-bytes.ts";
import { KeepMarks } from "./keep-marks.ts";
import { Room } from "./room.ts";
import { TrafficControl } from "./traffic.ts";
import { UsedBytes } from "./used-bytes.ts";

export interface KeepingOptions {
  readonly local: Database;
  readonly settings: LocalSettings;
  readonly holdings: Holdings;
  readonly disks: DiskSpace | undefined;
  /** The app's own folder, and the folders in it that are counted as something else. */
  readonly dataFolder: string;
  readonly notRecords: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The app's own records are measured this often. */
const RECORDS_MS = 10 * 60 * 1000;

/** What is kept on this computer, how much room it may take, and how fast it may come. */
export class Keeping implements Resource {
  readonly marks: KeepMarks;
  readonly rules: CollectionRules;
  readonly room: Room;
  readonly used: UsedBytes;
  readonly traffic: TrafficControl;
  /** Folders that are shared in place: what lies there is mine, wherever it came from. Set by whoever shares. */
  ownFolders: () => readonly string[] = () => [];
  /** Freed files that still lie on the disk; set by whoever frees. */
  bytesAside: () => number = () => 0;
  /** Frees so many bytes of what is not kept; set by whoever frees. */
  makeRoom: (bytes: number) => Promise<boolean> = () => Promise.resolve(false);
  readonly #options: KeepingOptions;
  readonly #closers = new Closers();
  #records = 0;

  constructor(options: KeepingOptions) {
    const { local, settings, holdings, clock, logger } = options;
    this.#options = options;
    this.marks = new KeepMarks(local);
    this.rules = new CollectionRules(local);
    this.traffic = this.#closers.add(new TrafficControl({ settings, clock }));
    this.used = this.#closers.add(
      new UsedBytes(holdings, local, () => this.ownFolders(), clock),
    );
    this.room = this.#closers.add(
      new Room({
        disks: options.disks ?? systemDiskSpace,
        dataFolder: options.dataFolder,
        settings: () => ({ ...settings.room, alwaysFree: this.alwaysFree }),
        used: () => this.bytesUsed,
        makeRoom: (bytes) => this.makeRoom(bytes),
        clock,
        logger,
      }),
    );
    for (const signal of [settings.changed, holdings.changes])
      this.#closers.addTask(
        signal.subscribe(() => {
          if (this.room.lack !== null) this.room.look();
        }),
      );
    const measure = (): void => {
      logger.background("room", this.measure());
    };
    this.#closers.addTask(clock.every(RECORDS_MS, measure));
    // Until then nothing is known of the disk, and ten minutes are long.
    measure();
  }

  /** Bytes the app takes on this computer, my own shared folders left out. */
  get bytesUsed(): number {
    const { theirs, attachments, versions } = this.used.now;
    return theirs + attachments + versions + this.#records + this.bytesAside();
  }

  /** Bytes that stay free on a disk: what the person chose, and never nothing. */
  get alwaysFree(): number {
    return Math.max(DISK_FLOOR_BYTES, this.#options.settings.room.alwaysFree);
  }

  /** Bytes of posts, messages and lists, when last measured. */
  get records(): number {
    return this.#records;
  }

  /** Measures what the app's own records take, and the disk. */
  async measure(): Promise<void> {
    const { dataFolder, notRecords } = this.#options;
    this.#records = await folderBytes(dataFolder, new Set(notRecords));
    await this.room.refresh();
  }

  close(): Promise<void> {
    return this.#closers.close();
  }
}
