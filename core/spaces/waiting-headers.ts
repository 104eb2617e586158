import type { LogKey, SpaceId } from "#core/contract/ids.ts";
import { HEADERS_WAITING } from "#core/contract/limits.ts";
import type { Logger } from "#core/base/logger.ts";
import { isNewerHeader } from "./header.ts";
import type { Spaces } from "./spaces.ts";

type BrokenRule = "header-newer" | "log-not-admitted" | "headers-waiting";

export interface WaitingHeadersOptions {
  readonly spaces: Spaces;
  readonly logger: Logger;
}

/**
 * Headers that came over one line and hold, of persons whom no founder's word
 * that is here lets write: the other end may know of one that is still on its
 * way (SP5). They are tried again whenever such a word came.
 */
export class WaitingHeaders {
  readonly #spaces: Spaces;
  readonly #stop: () => void;
  readonly #waiting = new Map<
    LogKey,
    { readonly space: SpaceId; readonly header: Buffer }
  >();

  /** `onAdmitted` is called after some were tried again. */
  constructor(
    { spaces, logger }: WaitingHeadersOptions,
    onAdmitted: () => void,
  ) {
    this.#spaces = spaces;
    this.#stop = spaces.reconsidered.subscribe(() => {
      logger.background("admission", this.#retry().then(onAdmitted));
    });
  }

  /**
   * Keeps a header that was not let in, if it could be later.
   * @returns the rule that is broken instead, or null
   */
  add(space: SpaceId, log: LogKey, header: Buffer): BrokenRule | null {
    // From a version that may know better: no lie (HO2).
    if (isNewerHeader(header)) return "header-newer";
    if (!this.#spaces.mayAdmitLater(space, log, header))
      return "log-not-admitted";
    if (this.#waiting.size >= HEADERS_WAITING) return "headers-waiting";
    this.#waiting.set(log, { space, header });
    return null;
  }

  close(): void {
    this.#stop();
    this.#waiting.clear();
  }

  /** Takes in those that may be by now. */
  async #retry(): Promise<void> {
    for (const [log, { space, header }] of [...this.#waiting]) {
      const admitted = await this.#spaces.admit(space, log, header);
      if (admitted !== null || this.#spaces.get(space) === null)
        this.#waiting.delete(log);
    }
  }
}
