import * as v from "valibot";
import { ALWAYS_FREE_BYTES } from "#core/contract/limits.ts";
import type {
  RoomSettings,
  SpeedLimits,
} from "#core/contract/keeping-settings.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** What is set for this computer only, paths among it. On disk since 0.1. */
export const LOCAL_SETTINGS_MIGRATION: Migration = `
  CREATE TABLE local_settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
`;

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));
const speed = v.nullable(bytes);

/** What cannot be read any more counts as never set. */
const limitsSchema = v.fallback(
  v.object({
    down: speed,
    up: speed,
    schedule: v.nullable(v.object({ from: v.number(), to: v.number() })),
  }),
  { down: null, up: null, schedule: null },
);
const roomSchema = v.fallback(
  v.object({
    limit: v.nullable(bytes),
    alwaysFree: bytes,
    freeByItself: v.boolean(),
  }),
  { limit: null, alwaysFree: ALWAYS_FREE_BYTES, freeByItself: false },
);

/** Settings that make sense on this computer only; the others live in the self space. */
export class LocalSettings {
  readonly #local: Database;
  readonly #changed = createTrigger();
  /** What was read or written: some are asked for at every message of a line. */
  readonly #known = new Map<string, string | null>();

  constructor(local: Database) {
    this.#local = local;
  }

  get changed(): Signal {
    return this.#changed;
  }

  /** The absolute path of the folder downloads land in; null until one was chosen. */
  get downloadFolder(): string | null {
    return this.#read("download-folder");
  }

  setDownloadFolder(path: string): void {
    this.#write("download-folder", path);
  }

  /** Whether the person paused all transfers. */
  get pausedAll(): boolean {
    return this.#read("paused-all") === "yes";
  }

  setPausedAll(isPaused: boolean): void {
    this.#write("paused-all", isPaused ? "yes" : "no");
  }

  /** Room in bytes for whoever takes an invite of this keeper; null where a person decides. */
  get keepForAll(): number | null {
    const value = this.#read("keep-for-all");
    return value === null ? null : Number(value);
  }

  /** Among how many that room is shared. */
  get keepForPeople(): number {
    return Number(this.#read("keep-for-people") ?? 1);
  }

  setKeepForAll(room: number, people: number): void {
    this.#write("keep-for-all", String(room));
    this.#write("keep-for-people", String(people));
  }

  /** How fast files may come and go. */
  get limits(): SpeedLimits {
    return v.parse(limitsSchema, parsed(this.#read("limits")));
  }

  setLimits(limits: SpeedLimits): void {
    this.#write("limits", JSON.stringify(limits));
  }

  /** How much of the disk the app may use. */
  get room(): RoomSettings {
    return v.parse(roomSchema, parsed(this.#read("room")));
  }

  setRoom(room: RoomSettings): void {
    this.#write("room", JSON.stringify(room));
  }

  #read(name: string): string | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const value = this.#local.get(
      "SELECT value FROM local_settings WHERE name = ?",
      [name],
      (row) => text(row, "value"),
    );
    this.#known.set(name, value);
    return value;
  }

  #write(name: string, value: string): void {
    this.#local.run(
      "INSERT OR REPLACE INTO local_settings (name, value) VALUES (?, ?)",
      [name, value],
    );
    this.#known.set(name, value);
    this.#changed.fire();
  }
}

function parsed(value: string | null): unknown {
  return value === null ? null : JSON.parse(value);
}
