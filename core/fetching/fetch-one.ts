import { hashChunk } from "#core/files/chunks.ts";
import type { Priority } from "./fetch-lane.ts";
import { ManyFetch } from "./fetch-many.ts";
import { writePart, type Fetched } from "./fetch-part.ts";
import type { Progress } from "./fetch-progress.ts";
import type { SmallFetches } from "./fetch-small.ts";
import type { Content } from "#core/files/model.ts";

/** Fetches one content of one chunk into the temporary folder. */
export class OneFetch {
  readonly #many: ManyFetch;
  #fetched: Fetched | null = null;

  constructor(
    parts: { readonly folder: string; readonly small: SmallFetches },
    content: Content,
    priority: Priority,
    onProgress: () => void,
  ) {
    this.#many = new ManyFetch(
      parts.small,
      [content],
      async (verified) => {
        for (const { bytes } of verified)
          this.#fetched = {
            path: await writePart(parts.folder, content, bytes),
            list: hashChunk(bytes),
          };
      },
      priority,
      onProgress,
    );
  }

  get priority(): Priority {
    return this.#many.priority;
  }

  set priority(priority: Priority) {
    this.#many.priority = priority;
  }

  get progress(): Progress {
    return this.#many.progress;
  }

  /** @throws `disk-full`, or what `stop` was given */
  async run(): Promise<Fetched> {
    await this.#many.run();
    if (this.#fetched === null) throw new Error("a fetch ended with nothing");
    return this.#fetched;
  }

  stop(reason: unknown): void {
    this.#many.stop(reason);
  }

  check(): void {
    // One ask: what stalls is asked of others already.
  }
}
