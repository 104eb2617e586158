import { CoreError } from "#core/contract/errors.ts";
import { chunkCount, isChunking } from "#core/files/chunks.ts";
import { ContentFetch } from "./fetch-content.ts";
import { PRIORITIES, type Priority } from "./fetch-lane.ts";
import type { OneFetch } from "./fetch-one.ts";
import type { Fetched } from "./fetch-part.ts";
import type { Progress } from "./fetch-progress.ts";
import type { Content } from "#core/files/model.ts";

export interface FetchOptions {
  /** Stops this caller's fetch; what came in stays for the next one. */
  readonly signal?: AbortSignal;
  /** `soon` when not given. */
  readonly priority?: Priority;
  /** After each chunk or batch, and when sources come and go. */
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Gives what came in whole its place. Until that is over it still counts as
   * under way: it can be read, and nobody else goes on with it. Others who
   * fetch the same are given it too, at the same time.
   */
  readonly take?: (fetched: Fetched) => Promise<void>;
}

/** One content under way, and all who want the whole of it. */
export interface Shared {
  readonly run: ContentFetch | OneFetch;
  readonly callers: Set<FetchOptions>;
  readonly result: Promise<Fetched>;
  /** Settled when each caller has put what it got into its place. */
  readonly taken: Set<Promise<void>>;
  /** All of it is here, and perhaps on the way to its place. */
  isWhole: boolean;
}

/** Whether anybody fetches or reads it. */
export function isWanted({ run, callers }: Shared): boolean {
  return callers.size > 0 || (run instanceof ContentFetch && run.demand.isRead);
}

/** Fits the fetch to those who want it: how soon, and whether the whole. */
export function adjust({ run, callers }: Shared): void {
  if (run instanceof ContentFetch) run.isWhole = callers.size > 0;
  const wanted = [...callers].map(({ priority }) => priority ?? "soon");
  run.priority =
    PRIORITIES.find((priority) => wanted.includes(priority)) ?? "later";
}

/** Adds somebody who fetches it. */
export function join(shared: Shared, options: FetchOptions): FetchOptions {
  const caller = { ...options };
  shared.callers.add(caller);
  adjust(shared);
  return caller;
}

/** @throws `invalid-input` for a size and chunk size that do not belong together */
export function checkChunking({ size, chunkSize }: Content): void {
  if (!isChunking(size, chunkSize))
    throw invalid("size and chunk size do not belong together");
}

export function invalid(issue: string): CoreError<"invalid-input"> {
  return new CoreError("invalid-input", { issues: [issue] });
}

/** @throws `invalid-input` for content of several chunks, or of a wrong chunk size */
export function checkOneChunk(contents: readonly Content[]): void {
  for (const content of contents) {
    checkChunking(content);
    if (chunkCount(content.size) > 1) throw invalid("more than one chunk");
  }
}

/** Waits until everybody took what came. Somebody may come while others are waited for. */
export async function allTaken(taken: Shared["taken"]): Promise<void> {
  for (let waited = -1; waited < taken.size;) {
    waited = taken.size;
    await Promise.all(taken);
  }
}
