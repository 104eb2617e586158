import { isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type {
  Counted,
  FolderExcludes,
  LeftOutItem,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import type { State } from "#core/base/state.ts";
import { createExcludes } from "#core/files/excludes.ts";
import type { Excludes } from "#core/files/excludes.ts";
import { walkFolder } from "#core/files/walk.ts";
import type { LeftOut, WalkedFile } from "#core/files/walk.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";

export interface PreviewOptions {
  /** Absolute. */
  readonly folder: string;
  readonly excludes: FolderExcludes;
  /** The collection that it is already, to tell which files would go from its list. */
  readonly shared: {
    readonly space: SpaceId;
    readonly files: CollectionIndex;
  } | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How often somebody who looks is told. */
const TELL_MS = 200;
/** Files counted before others get their turn. */
const SLICE_FILES = 200;
/** What is left out is listed up to here. */
const LISTED = 300;
const LEAVING_LISTED = 100;

const NOTHING: Counted = { files: 0, bytes: 0 };
const EMPTY: SharePreview = {
  stage: "counting",
  problem: null,
  shared: NOTHING,
  hidden: NOTHING,
  temporary: NOTHING,
  patterns: NOTHING,
  unshareable: 0,
  unnamed: 0,
  emptyFolders: 0,
  leftOut: [],
  leaving: { files: 0, first: [] },
};

/** What sharing a folder would share: counted from the first who looks until the last has gone. */
export function sharePreview(options: PreviewOptions): State<SharePreview> {
  const state = createState<SharePreview>(EMPTY);
  let watchers = 0;
  let stop = new AbortController();
  return {
    peek: () => state.peek(),
    subscribe(listener) {
      const end = state.subscribe(listener);
      if (++watchers === 1) {
        stop = new AbortController();
        const counting = new Counting(options, stop.signal, (preview) => {
          state.set(preview);
        });
        options.logger.background("preview", counting.run());
      }
      return () => {
        end();
        if (--watchers === 0) stop.abort();
      };
    },
  };
}

class Counting {
  readonly #options: PreviewOptions;
  readonly #signal: AbortSignal;
  readonly #tell: (preview: SharePreview) => void;
  readonly #chosen: Excludes;
  readonly #hidden: Excludes;
  readonly #temporary: Excludes;
  readonly #listed = new Map<string, LeftOutItem>();
  #preview: SharePreview = EMPTY;
  #toldAt: number;

  constructor(
    options: PreviewOptions,
    signal: AbortSignal,
    tell: (preview: SharePreview) => void,
  ) {
    this.#options = options;
    this.#signal = signal;
    this.#tell = tell;
    this.#toldAt = options.clock.monotonic();
    const none = { hidden: false, temporary: false, patterns: [] };
    this.#chosen = createExcludes(options.excludes);
    this.#hidden = createExcludes({ ...none, hidden: true });
    this.#temporary = createExcludes({ ...none, temporary: true });
  }

  async run(): Promise<void> {
    try {
      await this.#count();
      await this.#countLeaving();
      this.#finish(null);
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!isCoreError(error)) throw error;
      this.#finish(error);
    }
  }

  async #count(): Promise<void> {
    let counted = 0;
    // Nothing is left out here: what would be is to be counted, too.
    const files = walkFolder(this.#options.folder, {
      signal: this.#signal,
      onLeftOut: (entry) => {
        this.#leave(entry);
      },
      onEmptyFolder: (path) => {
        if (this.#chosen.covers(path)) return;
        const emptyFolders = this.#preview.emptyFolders + 1;
        this.#preview = { ...this.#preview, emptyFolders };
      },
    });
    for await (const file of files) {
      this.#add(file);
      if (++counted % SLICE_FILES !== 0) continue;
      this.#tellSoon();
      await breathe();
    }
  }

  #add({ path, size }: WalkedFile): void {
    const one = { files: 1, bytes: size };
    const { shared, hidden, temporary, patterns } = this.#preview;
    const found = topReason(this.#chosen, path);
    if (found !== null) this.#list(found);
    this.#preview = {
      ...this.#preview,
      shared: found === null ? sum(shared, one) : shared,
      patterns: found?.kind === "pattern" ? sum(patterns, one) : patterns,
      hidden: this.#hidden.covers(path) ? sum(hidden, one) : hidden,
      temporary: this.#temporary.covers(path) ? sum(temporary, one) : temporary,
    };
  }

  #leave({ path, reason }: LeftOut): void {
    if (reason === "litter") {
      const temporary = sum(this.#preview.temporary, { files: 1, bytes: 0 });
      this.#preview = { ...this.#preview, temporary };
      this.#list({ path, kind: "temporary" });
      return;
    }
    // Nobody misses what would not be shared anyway.
    if (this.#chosen.covers(path)) return;
    const unshareable = this.#preview.unshareable + 1;
    const unnamed = this.#preview.unnamed + (reason === "name" ? 1 : 0);
    this.#preview = { ...this.#preview, unshareable, unnamed };
    this.#list({ path, kind: reason });
  }

  #list(item: LeftOutItem): void {
    if (this.#listed.size < LISTED) this.#listed.set(item.path, item);
  }

  async #countLeaving(): Promise<void> {
    const { shared } = this.#options;
    if (shared === null) return;
    const first: string[] = [];
    let count = 0;
    for await (const paths of shared.files.paths(shared.space)) {
      this.#signal.throwIfAborted();
      for (const path of paths) {
        if (!this.#chosen.covers(path)) continue;
        count++;
        if (first.length < LEAVING_LISTED) first.push(path);
      }
    }
    this.#preview = { ...this.#preview, leaving: { files: count, first } };
  }

  #tellSoon(): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#toldAt < TELL_MS) return;
    this.#toldAt = now;
    this.#tell({ ...this.#preview, leftOut: [...this.#listed.values()] });
  }

  #finish(error: { readonly code: SharePreview["problem"] } | null): void {
    if (this.#signal.aborted) return;
    this.#tell({
      ...this.#preview,
      leftOut: [...this.#listed.values()],
      stage: "done",
      problem: error?.code ?? null,
    });
  }
}

/** The outermost folder on the way that is left out, or the file itself. */
function topReason(excludes: Excludes, path: string): LeftOutItem | null {
  for (
    let end = path.indexOf("/");
    end >= 0;
    end = path.indexOf("/", end + 1)
  ) {
    const kind = excludes.reasonFor(path.slice(0, end));
    if (kind !== null) return { path: `${path.slice(0, end)}/`, kind };
  }
  const kind = excludes.reasonFor(path);
  return kind === null ? null : { path, kind };
}

function sum(one: Counted, other: Counted): Counted {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes };
}
