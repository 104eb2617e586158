import * as v from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { ATTACHMENT_PREFETCH_BYTES } from "#core/contract/limits.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Signal } from "#core/base/state.ts";
import { text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import type { ContentStore } from "./content-store.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { NAMED_BY_PEOPLE } from "#core/files/named.ts";

export interface PrefetchOptions {
  readonly index: Database;
  readonly holdings: Holdings;
  readonly content: ContentStore;
  readonly logger: Logger;
  readonly folded: Signal;
  /** Nothing comes by itself to a machine that only keeps: it takes what it is given. */
  readonly isOn: () => boolean;
}

/** Asked after everything that is folded, so it must not go through the files of collections. */
export const WANTED = `SELECT DISTINCT n.root
  FROM (SELECT root, subject, size FROM named WHERE ${NAMED_BY_PEOPLE}) n
    LEFT JOIN posts p ON p.ref = n.subject
  WHERE (p.ref IS NOT NULL OR n.subject LIKE 'profile:%') AND n.size <= ?
  ORDER BY p.shown_ms DESC`;

/** Under way at once; each waits for a holder as long as it takes. */
const AT_ONCE = 64;

/**
 * Brings what posts and profiles show here without being asked, newest first,
 * up to a size: a feed is held in full by those who follow it.
 */
export class Prefetch implements Resource {
  readonly #options: PrefetchOptions;
  readonly #under = new Map<FileRoot, AbortController>();
  #end: () => void = () => undefined;

  constructor(options: PrefetchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#end = this.#options.folded.subscribe(() => {
      this.#look();
    });
    this.#look();
  }

  close(): Promise<void> {
    this.#end();
    for (const controller of this.#under.values()) controller.abort();
    return Promise.resolve();
  }

  #look(): void {
    const { index, holdings, logger, isOn } = this.#options;
    if (!isOn()) return;
    const wanted = index.all(WANTED, [ATTACHMENT_PREFETCH_BYTES], (row) =>
      v.parse(fileRootSchema, text(row, "root")),
    );
    for (const root of wanted) {
      if (this.#under.size >= AT_ONCE) return;
      if (this.#under.has(root) || holdings.has(root)) continue;
      logger.background("prefetch", this.#bring(root));
    }
  }

  async #bring(root: FileRoot): Promise<void> {
    const controller = new AbortController();
    this.#under.set(root, controller);
    try {
      await this.#options.content.ensure(root, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      this.#under.delete(root);
    }
  }
}
