import { chunkCount } from "#core/files/chunks.ts";
import type { FetcherParts } from "./fetcher-parts.ts";
import type { Content } from "#core/files/model.ts";

/** Several that begin at once are told of once. */
const TELL_MS = 250;
/** What has fewer chunks is soon here in full, and told of then. */
const TELL_CHUNKS = 32;

/** Tells others who fetch the same that they may ask here from now on. */
export class GrowingNews {
  readonly #parts: Pick<FetcherParts, "clock" | "exchange">;
  #cancel: (() => void) | null = null;

  constructor(parts: Pick<FetcherParts, "clock" | "exchange">) {
    this.#parts = parts;
  }

  /** What to call as content comes in, with the bytes that are verified: the first ones are news. */
  of(content: Content): (verifiedBytes: number) => void {
    let isTold = chunkCount(content.size) < TELL_CHUNKS;
    return (verifiedBytes) => {
      if (isTold || verifiedBytes === 0) return;
      isTold = true;
      this.#tell();
    };
  }

  #tell(): void {
    this.#cancel ??= this.#parts.clock.after(TELL_MS, () => {
      this.#cancel = null;
      const { remotes } = this.#parts.exchange;
      for (const remote of remotes.peek())
        remote.tell([...remote.session.common.peek()]);
    });
  }

  close(): void {
    this.#cancel?.();
  }
}
