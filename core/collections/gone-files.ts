import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { codeOf } from "#core/base/system-error.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";

export interface GoneFilesOptions {
  readonly shared: Pick<SharedFolders, "get">;
  /** Whether a folder is not there as a whole: then nothing in it is gone (FI3). */
  readonly isMissing: (space: SpaceId) => boolean;
  readonly clock: Pick<Clock, "monotonic">;
  readonly logger: Logger;
  /** Other files turned out to be gone than before. */
  readonly onChange: () => void;
}

/** What is shown is looked at this often at most. */
const LOOK_MS = 3_000;

/**
 * Files that are gone from a folder of mine whose changes are shared by hand:
 * they stay listed until then, and whoever looks at them is told. A folder that
 * is live takes them off its list by itself.
 */
export class GoneFiles implements Resource {
  readonly #options: GoneFilesOptions;
  readonly #gone = new Map<SpaceId, ReadonlySet<string>>();
  readonly #lookedAt = new Map<SpaceId, number>();
  #isClosed = false;

  constructor(options: GoneFilesOptions) {
    this.#options = options;
  }

  has(space: SpaceId, path: string): boolean {
    return this.#gone.get(space)?.has(path) === true;
  }

  /** Somebody looks at these files: those that are not there are told of in a moment. */
  look(space: SpaceId, paths: readonly string[]): void {
    const { shared, isMissing, clock, logger } = this.#options;
    const folder = shared.get(space);
    if (folder === null || folder.live || isMissing(space)) {
      this.#gone.delete(space);
      return;
    }
    const now = clock.monotonic();
    const last = this.#lookedAt.get(space) ?? -LOOK_MS;
    if (now - last < LOOK_MS) return;
    this.#lookedAt.set(space, now);
    logger.background("gone files", this.#look(space, folder.path, paths));
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  async #look(
    space: SpaceId,
    folder: string,
    paths: readonly string[],
  ): Promise<void> {
    const gone = new Set<string>();
    for (const path of paths) {
      if (this.#isClosed) return;
      const error: unknown = await lstat(join(folder, path)).then(
        () => null,
        (why: unknown) => why,
      );
      if (error !== null && codeOf(error) === "ENOENT") gone.add(path);
    }
    const before = this.#gone.get(space) ?? new Set<string>();
    this.#gone.set(space, gone);
    const isSame =
      gone.size === before.size && [...gone].every((path) => before.has(path));
    if (!isSame) this.#options.onChange();
  }
}
