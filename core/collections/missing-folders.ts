import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolders } from "./shared-folders.ts";

export interface MissingFoldersOptions {
  readonly shared: SharedFolders;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Some folder went or came. */
  readonly onChange: () => void;
}

/** While somebody looks, folders are looked for at most this often. */
const CHECK_MS = 5_000;

/** Which folders of collections of mine are not there at the moment (an unplugged drive, say). */
export class MissingFolders {
  readonly #options: MissingFoldersOptions;
  #missing: ReadonlySet<SpaceId> = new Set();
  #checkedAt = Number.NEGATIVE_INFINITY;
  #isChecking = false;

  constructor(options: MissingFoldersOptions) {
    this.#options = options;
  }

  /** What was found last; asking starts a new look now and then. */
  has(space: SpaceId): boolean {
    const { clock, logger } = this.#options;
    const now = clock.monotonic();
    if (!this.#isChecking && now - this.#checkedAt > CHECK_MS) {
      this.#checkedAt = now;
      logger.background("missing folders", this.check());
    }
    return this.#missing.has(space);
  }

  /** Looks for every folder now. */
  async check(): Promise<void> {
    this.#isChecking = true;
    const missing = new Set<SpaceId>();
    for (const { space, path } of this.#options.shared.all())
      if ((await folderMark(path)) === null) missing.add(space);
    this.#isChecking = false;
    const before = this.#missing;
    this.#missing = missing;
    const isSame =
      before.size === missing.size &&
      [...missing].every((space) => before.has(space));
    if (!isSame) this.#options.onChange();
  }
}
