import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { standingOf } from "./same-folder.ts";
import type { Standing } from "./same-folder.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolder, SharedFolders } from "./shared-folders.ts";

export interface MissingFoldersOptions {
  readonly shared: SharedFolders;
  readonly files: CollectionIndex;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Some folder went or came. */
  readonly onChange: () => void;
}

/** Another folder in the place of one is looked at again this often: its files may be put back. */
const OTHER_MS = 60_000;
/** How often folders are looked for: a drive is plugged in and somebody waits to see it. */
const LOOK_MS = 5_000;

interface Found {
  readonly mark: string;
  readonly standing: Standing;
  /** Monotonic. */
  readonly at: number;
}

/** Which folders of collections of mine are not there at the moment (an unplugged drive, say). */
export class MissingFolders implements Resource {
  readonly #options: MissingFoldersOptions;
  readonly #stopLooking: () => void;
  #missing: ReadonlySet<SpaceId> = new Set();
  #isLooking = false;
  /** What was found in folders that bear another mark than before. */
  readonly #others = new Map<SpaceId, Found>();

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
    for (const folder of this.#options.shared.all())
      if ((await this.#standing(folder)) !== "there") missing.add(folder.space);
    this.#isLooking = false;
    const before = this.#missing;
    this.#missing = missing;
    const isSame =
      before.size === missing.size &&
      [...missing].every((space) => before.has(space));
    if (!isSame) this.#options.onChange();
  }

  async #standing(folder: SharedFolder): Promise<Standing> {
    const { space, path } = folder;
    const { files, clock } = this.#options;
    const mark = await folderMark(path);
    if (mark === null) return "gone";
    if (mark === folder.mark) return "there";
    const known = this.#others.get(space);
    const at = clock.monotonic();
    if (known?.mark === mark && at - known.at < OTHER_MS) return known.standing;
    const standing = await standingOf(folder, files);
    this.#others.set(space, { mark, standing, at });
    return standing;
  }

  close(): Promise<void> {
    this.#stopLooking();
    return Promise.resolve();
  }
}
