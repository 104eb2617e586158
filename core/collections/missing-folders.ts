import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolders } from "./shared-folders.ts";

export interface MissingFoldersOptions {
  readonly shared: SharedFolders;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Some folder went or came. */
  readonly onChange: () => void;
}

/** How often folders are looked for: a drive is plugged in and somebody waits to see it. */
const LOOK_MS = 5_000;

/** Which folders of collections of mine are not there at the moment (an unplugged drive, say). */
export class MissingFolders implements Resource {
  readonly #options: MissingFoldersOptions;
  readonly #stopLooking: () => void;
  #missing: ReadonlySet<SpaceId> = new Set();
  #isLooking = false;

  constructor(options: MissingFoldersOptions) {
    this.#options = options;
    this.#stopLooking = options.clock.every(LOOK_MS, () => {
      options.logger.background("missing folders", this.look());
    });
  }

  has(space: SpaceId): boolean {
    return this.#missing.has(space);
  }

  /** Looks for every folder now, unless a look is under way: a network drive may take its time. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const missing = new Set<SpaceId>();
    for (const { space, path } of this.#options.shared.all())
      if ((await folderMark(path)) === null) missing.add(space);
    this.#isLooking = false;
    const before = this.#missing;
    this.#missing = missing;
    const isSame =
      before.size === missing.size &&
      [...missing].every((space) => before.has(space));
    if (!isSame) this.#options.onChange();
  }

  close(): Promise<void> {
    this.#stopLooking();
    return Promise.resolve();
  }
}
