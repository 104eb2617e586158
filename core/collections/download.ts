import { setMaxListeners } from "node:events";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { ErrorCode } from "#core/contract/errors.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { breathe } from "#core/base/breathe.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Verified } from "#core/fetching/fetch-batch.ts";
import { asError } from "#core/fetching/fetch-progress.ts";
import type { Progress } from "#core/fetching/fetch-progress.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { placeCopy } from "#core/folders/place-copy.ts";
import { ComingFiles } from "./coming-files.ts";
import type { ComingFile } from "./coming-files.ts";
import { askedAndRemoved } from "./asked-and-removed.ts";
import type { AskedAndRemovedParts } from "./asked-and-removed.ts";
import type { NotPlaced, ReceivingFolder, Whole } from "./receiving-folder.ts";
import { Selection } from "#core/listing/selection.ts";
import { Slots } from "#core/base/slots.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import type { Report } from "#core/transfers/transfer-run.ts";

export interface DownloadParts extends AskedAndRemovedParts {
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly folder: ReceivingFolder;
  readonly clock: Clock;
}

/** Large files fetched beside each other. */
const LARGE_FILES = 3;
/** Large files that wait for somebody who has them, while others go on. */
const LARGE_WAITING = 64;
/** Small files asked for together; others get their turn between the groups. */
const SMALL_FILES = 500;
/** Groups of small files fetched beside each other: while one is put in its place, the next comes. With eight the event loop is held up for more than 50 ms. */
const SMALL_GROUPS = 4;
/** Groups of small files that wait, while others go on. */
const SMALL_WAITING = 16;

/** Fetches what was chosen of a collection, once. */
export class Download {
  readonly #parts: DownloadParts;
  readonly #transfer: StoredTransfer;
  readonly #selection: Selection;
  readonly #signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #report: Report;
  readonly #large: Slots;
  readonly #small: Slots;
  readonly #coming: ComingFiles;
  /** Files that are asked for. */
  readonly #asked = new Map<string, ListedFile>();
  readonly #problems = new Map<string, unknown>();
  /** Who each task gets its bytes from at the moment. */
  readonly #sources = new Map<object, readonly PersonId[]>();
  #doneFiles = 0;
  #doneBytes = 0;

  constructor(
    parts: DownloadParts,
    transfer: StoredTransfer,
    signal: AbortSignal,
    report: Report,
  ) {
    this.#parts = parts;
    this.#coming = new ComingFiles(parts.clock);
    this.#transfer = transfer;
    this.#selection = new Selection(transfer.paths);
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    // Every file under way listens to it.
    setMaxListeners(0, this.#signal);
    this.#report = report;
    const onChange = (): void => {
      this.#report.waiting(this.#isWaiting);
    };
    this.#large = new Slots(LARGE_FILES, LARGE_WAITING, onChange);
    this.#small = new Slots(SMALL_GROUPS, SMALL_WAITING, onChange);
  }

  /** How a file stands that comes in pieces; null when it does not come now. */
  coming(path: string): ComingFile | null {
    return this.#coming.of(path);
  }

  /** Why a file could not be put in its place. */
  problemOf(path: string): ErrorCode | null {
    const error = this.#problems.get(path);
    if (error === undefined) return null;
    return isCoreError(error) ? error.code : "internal";
  }

  /** Whether something it asks for was removed, or something it waits for has another version: nobody may have it any more. */
  get isOutdated(): boolean {
    const { files } = this.#parts;
    return [...this.#asked.values()].some(({ path, root }) => {
      const now = files.rootOf(this.#transfer.space, path);
      return now === null || (this.#isWaiting && now !== root);
    });
  }

  covers(path: string): boolean {
    return this.#selection.covers(path);
  }

  /**
   * Runs until everything is here. What came stays for the next run (FI8).
   * @throws `not-found` when nothing of it is listed, `file-removed`, `disk-full`,
   *   `folder-missing`, why a file could not be placed, or the signal's reason
   */
  async run(): Promise<void> {
    const { files, holdings } = this.#parts;
    const { space } = this.#transfer;
    const total = this.#selection.total(files, space);
    for (const path of askedAndRemoved(this.#parts, this.#transfer))
      this.#problems.set(path, new CoreError("file-removed", {}));
    // A rule brings what is listed, be it nothing.
    if (total.files === 0 && this.#transfer.reason === "asked")
      throw this.#problem ?? new CoreError("not-found", { what: "files" });
    this.#report.total(total.files, total.bytes);
    this.#tell();
    try {
      let small: ListedFile[] = [];
      for await (const slice of this.#selection.files(files, space))
        for (const [index, file] of slice.entries()) {
          this.#signal.throwIfAborted();
          if (index === 0) holdings.lookUp(slice.map(({ root }) => root));
          this.#parts.folder.reserve(file.path);
          if (await this.#isHere(file)) this.#done(file);
          else if (chunkCount(file.size) > 1) await this.#startLarge(file);
          else if (small.push(file) >= SMALL_FILES) {
            await this.#startSmall(small);
            small = [];
            await breathe();
          }
        }
      if (small.length > 0) await this.#startSmall(small);
      await Promise.all([this.#large.drained(), this.#small.drained()]);
    } finally {
      this.#stop.abort(new CoreError("cancelled", {}));
      await Promise.all([this.#large.ended(), this.#small.ended()]);
    }
    if (this.#problem !== null) throw this.#problem;
  }

  get #problem(): Error | null {
    const [problem] = this.#problems.values();
    return problem === undefined ? null : asError(problem);
  }

  /** Whether the file lies where it should, or a copy of what lies elsewhere now does (FI9). */
  async #isHere(file: ListedFile): Promise<boolean> {
    if (await this.#parts.folder.isSaved(file)) return true;
    const failed = await placeCopy(this.#parts, file, this.#signal);
    if (failed === null) return false;
    this.#place(failed);
    return true;
  }

  #startLarge(file: ListedFile): Promise<void> {
    return this.#large.start(async (setWaiting) => {
      const key = {};
      const onProgress = (progress: Progress): void => {
        const { path, size } = file;
        const moved = this.#coming.progress(path, size, progress);
        if (moved > 0) this.#report.moved(moved);
        setWaiting(progress.isWaiting);
        this.#from(key, progress);
        this.#tell();
      };
      const { folder } = this.#parts;
      this.#asked.set(file.path, file);
      try {
        await folder.fetcher.fetch(file, {
          signal: this.#signal,
          onProgress,
          take: ({ path, list }) =>
            this.#placeLarge({ file, temp: path, list }),
        });
      } catch (error) {
        this.#fail(file.path, error);
      } finally {
        // A stopped one is shown with what came of it.
        if (!this.#signal.aborted) this.#coming.end(file.path);
        this.#sources.delete(key);
      }
      this.#done(file);
    });
  }

  async #placeLarge(whole: Whole): Promise<void> {
    const { folder } = this.#parts;
    const failed = await folder.place([whole]);
    // Another file with the same content took what was fetched for both (FI9).
    if (failed.length > 0 && (await this.#isHere(whole.file))) return;
    this.#place(failed);
  }

  #startSmall(files: readonly ListedFile[]): Promise<void> {
    const byContent = new Map<string, ListedFile[]>();
    for (const file of files) {
      this.#asked.set(file.path, file);
      const same = byContent.get(contentKey(file));
      if (same === undefined) byContent.set(contentKey(file), [file]);
      else same.push(file);
    }
    const contents = [...byContent.values()].flatMap(([first]) => first ?? []);
    const sink = async (verified: readonly Verified[]): Promise<void> => {
      await this.#placeSmall(
        verified.flatMap(({ content, bytes }) =>
          (byContent.get(contentKey(content)) ?? []).map((file) => ({
            file,
            bytes,
          })),
        ),
      );
    };
    return this.#small.start(async (setWaiting) => {
      const key = {};
      let moved = 0;
      await this.#parts.folder.fetcher.fetchMany(contents, sink, {
        signal: this.#signal,
        onProgress: (progress) => {
          this.#report.moved(progress.verifiedBytes - moved);
          moved = progress.verifiedBytes;
          setWaiting(progress.isWaiting);
          this.#from(key, progress);
        },
      });
      this.#sources.delete(key);
    });
  }

  async #placeSmall(
    arrived: readonly { readonly file: ListedFile; readonly bytes: Buffer }[],
  ): Promise<void> {
    const { folder } = this.#parts;
    // One chunk: its hash is the list, and not kept.
    const list = Buffer.alloc(0);
    this.#place(
      await folder.place(
        arrived.map((it) => ({ ...it, temp: folder.newTemp(), list })),
      ),
    );
    for (const { file } of arrived) this.#done(file);
  }

  #place(failed: readonly NotPlaced[]): void {
    for (const { path, error } of failed) this.#fail(path, error);
  }

  /** Notes why one file cannot be had; throws when that is so for all others too. */
  #fail(path: string, error: unknown): void {
    this.#signal.throwIfAborted();
    const isOfOne =
      isCoreError(error, "folder-unreadable") ||
      isCoreError(error, "invalid-input") ||
      isCoreError(error, "not-found");
    if (!isOfOne) throw error;
    this.#problems.set(path, error);
  }

  #done(file: ListedFile): void {
    this.#asked.delete(file.path);
    if (this.#problems.has(file.path)) return;
    this.#doneFiles++;
    this.#doneBytes += file.size;
    this.#tell();
  }

  #tell(): void {
    this.#report.done(this.#doneFiles, this.#doneBytes + this.#coming.bytes);
  }

  #from(key: object, { sources }: Progress): void {
    this.#sources.set(
      key,
      sources.flatMap(({ person }) => person ?? []),
    );
    this.#report.from([...new Set([...this.#sources.values()].flat())]);
  }

  get #isWaiting(): boolean {
    const states = [this.#large.isWaiting, this.#small.isWaiting];
    return states.includes(true) && !states.includes(false);
  }
}

function contentKey(content: {
  readonly root: string;
  readonly size: number;
}): string {
  return `${content.root} ${String(content.size)}`;
}
