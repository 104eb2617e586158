import {
  constants,
  copyFile,
  link,
  lstat,
  mkdir,
  rename,
  rm,
} from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { FREE_UNDO_MS } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration, Row } from "#core/storage/database.ts";
import { tooMany } from "./kept-rule.ts";
import type { KeptVersion } from "./kept-rule.ts";

/** Earlier versions of files that the app itself keeps. Durable; on disk since 0.2. */
export const KEPT_VERSIONS_MIGRATION: Migration = `
  CREATE TABLE kept_versions (
    space TEXT NOT NULL,
    path TEXT NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL,
    PRIMARY KEY (space, path, root)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_versions_root ON kept_versions (root);
`;

export interface KeptVersionsOptions {
  /** Absolute; holds versions under their roots, and nothing a person named. */
  readonly folder: string;
  readonly local: Database;
  readonly holdings: Holdings;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** How many bytes all of them together may take. */
  readonly limit: () => number;
}

/** A version about to be replaced on disk, as we left it there. */
export interface Replaced {
  readonly path: string;
  readonly root: FileRoot;
  readonly size: number;
  readonly mtimeMs: number;
  readonly absolutePath: string;
}

export interface VersionsSum {
  readonly versions: number;
  readonly bytes: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps the bytes of files that a newer version replaces on this disk, under
 * their roots in the app's own folder: all for 30 days, then one a day, the
 * oldest giving way where there is no room.
 */
export class KeptVersions implements Resource {
  readonly #options: KeptVersionsOptions;
  readonly #serial = createSerial();
  /** Contents that are about to go; until then it can be undone. */
  readonly #leaving = new Map<FileRoot, () => void>();
  #stop: (() => void) | null = null;

  constructor(options: KeptVersionsOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, logger } = this.#options;
    const tidy = (): void => {
      logger.background("kept versions", this.tidy());
    };
    this.#stop = clock.every(DAY_MS, tidy);
    tidy();
  }

  /** Waits for what is being kept or dropped. */
  async close(): Promise<void> {
    this.#stop?.();
    // What can be undone still stays.
    for (const cancel of this.#leaving.values()) cancel();
    await this.#serial(() => Promise.resolve());
  }

  /**
   * Keeps a version that is about to be replaced. Where the disk can, the same
   * bytes get a second name; else they are copied. A version that cannot be
   * kept is replaced all the same: the newer one is what people asked for.
   */
  keep(space: SpaceId, version: Replaced): Promise<void> {
    return this.#serial(async () => {
      const { local, clock, logger } = this.#options;
      if (version.size > this.#options.limit()) return;
      try {
        if (!(await this.#take(version))) return;
        local.run(
          `INSERT OR REPLACE INTO kept_versions (space, path, root, size, kept_ms)
           VALUES (?, ?, ?, ?, ?)`,
          [space, version.path, version.root, version.size, clock.now()],
        );
        await this.#makeRoom();
      } catch (error) {
        logger.warn("an earlier version was not kept", {
          error: error instanceof Error ? error.name : "unknown",
        });
      }
    });
  }

  /** Every version that is kept, oldest first. */
  list(): readonly KeptVersion[] {
    return this.#options.local.all(
      "SELECT * FROM kept_versions ORDER BY kept_ms, space, path",
      [],
      read,
    );
  }

  /** What all of them take, without those about to go. */
  get total(): VersionsSum {
    return sumOf(this.#staying());
  }

  /** Lets all of them go in a moment; `undo` keeps them, as long as they are there. */
  freeAll(): VersionsSum & { readonly undo: () => void } {
    const { clock, logger } = this.#options;
    const staying = this.#staying();
    const roots = new Set(staying.map(({ root }) => root));
    const cancel = clock.after(FREE_UNDO_MS, () => {
      logger.background(
        "kept versions",
        this.#serial(async () => {
          for (const root of roots)
            if (this.#leaving.has(root)) await this.#drop(root);
        }),
      );
    });
    for (const root of roots) this.#leaving.set(root, cancel);
    return {
      ...sumOf(staying),
      undo: () => {
        for (const root of roots) this.#leaving.delete(root);
      },
    };
  }

  /** Lets the oldest go until so many bytes are free. @returns how many that were */
  giveWay(bytes: number): Promise<number> {
    return this.#serial(() => this.#dropOldest(this.list(), bytes));
  }

  /** Lets go what the rule no longer keeps, and what is gone from the disk. */
  tidy(): Promise<void> {
    return this.#serial(async () => {
      const { clock, local } = this.#options;
      for (const version of tooMany(this.list(), clock.now())) {
        local.run(
          "DELETE FROM kept_versions WHERE space = ? AND path = ? AND root = ?",
          [version.space, version.path, version.root],
        );
        if (!this.#isKept(version.root)) await this.#drop(version.root);
      }
      await this.#makeRoom();
    });
  }

  /** @returns whether its bytes are in the app's folder now */
  async #take(version: Replaced): Promise<boolean> {
    const { folder, holdings, random } = this.#options;
    const { root, size, absolutePath } = version;
    const target = join(folder, root);
    const known = holdings.at(absolutePath);
    if (known?.root !== root || !(await isAsLeft(version))) return false;
    if (this.#isKept(root) && holdings.at(target)?.changed === false)
      return true;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rm(target, { force: true });
    const mayLink = await link(absolutePath, target).then(
      () => true,
      () => false,
    );
    if (!mayLink) {
      const temp = join(folder, `.new-${randomId(random)}`);
      await copyFile(absolutePath, temp, constants.COPYFILE_FICLONE);
      await rename(temp, target);
      if (!(await isAsLeft(version))) {
        await rm(target, { force: true });
        return false;
      }
    }
    const left = await lstat(target);
    holdings.add(
      {
        root,
        size,
        chunkSize: known.chunkSize,
        absolutePath: target,
        mtimeMs: left.mtimeMs,
        origin: "version",
      },
      holdings.list(root) ?? Buffer.alloc(0),
    );
    return true;
  }

  #isKept(root: FileRoot): boolean {
    return (
      this.#options.local.get(
        "SELECT 1 FROM kept_versions WHERE root = ? LIMIT 1",
        [root],
        () => true,
      ) ?? false
    );
  }

  async #makeRoom(): Promise<void> {
    const kept = this.list();
    await this.#dropOldest(kept, sumOf(kept).bytes - this.#options.limit());
  }

  /** Those that are not about to go, oldest first. */
  #staying(): readonly KeptVersion[] {
    return this.list().filter(({ root }) => !this.#leaving.has(root));
  }

  /** @returns bytes that are free now */
  async #dropOldest(
    kept: readonly KeptVersion[],
    bytes: number,
  ): Promise<number> {
    let freed = 0;
    const gone = new Set<FileRoot>();
    for (const { root, size } of kept) {
      if (freed >= bytes) break;
      if (gone.has(root)) continue;
      gone.add(root);
      await this.#drop(root);
      freed += size;
    }
    return freed;
  }

  async #drop(root: FileRoot): Promise<void> {
    const { local, holdings, folder } = this.#options;
    this.#leaving.delete(root);
    const path = join(folder, root);
    // First forgotten, then removed: what is written down is here.
    holdings.remove(path);
    local.run("DELETE FROM kept_versions WHERE root = ?", [root]);
    await rm(path, { force: true });
  }
}

/** Whether a file is as we left it: nobody wrote into it since. */
export async function isAsLeft(version: Replaced): Promise<boolean> {
  const seen = await lstat(version.absolutePath).catch(() => null);
  return (
    seen?.isFile() === true &&
    seen.size === version.size &&
    seen.mtimeMs === version.mtimeMs
  );
}

/** What some versions take; the same content takes its room once. */
function sumOf(kept: readonly KeptVersion[]): VersionsSum {
  const sizes = new Map(kept.map(({ root, size }) => [root, size]));
  let bytes = 0;
  for (const size of sizes.values()) bytes += size;
  return { versions: sizes.size, bytes };
}

function read(row: Row): KeptVersion {
  return {
    space: v.parse(spaceIdSchema, text(row, "space")),
    path: text(row, "path"),
    root: v.parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    at: int(row, "kept_ms"),
  };
}
