import { isCoreError } from "#core/contract/errors.ts";
import * as v from "valibot";
import type { HeldPost } from "#core/contract/feed-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { randomId } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import { createState } from "#core/base/state.ts";
import type { State } from "#core/base/state.ts";
import { entryBytes } from "#core/spaces/block.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";
import { feedEntrySchema } from "./feed-entries.ts";
import type { FeedEntryOf } from "./feed-entries.ts";

/** Posts that can still be taken back. On disk since 0.1. */
export const OUTBOX_MIGRATION: Migration = `
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    audience TEXT NOT NULL,
    entry TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
`;

export interface OutgoingPost {
  readonly audience: "contacts" | "link";
  readonly entry: FeedEntryOf<"post">;
}

export interface OutboxOptions {
  readonly local: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Writes the post to the log, once for each id whatever happens in between. */
  readonly write: (post: OutgoingPost) => Promise<void>;
}

/** How soon a post that could not be written is tried again, in milliseconds. */
const RETRY_MS = 10_000;

const entrySchema = v.pipe(
  feedEntrySchema,
  v.check((entry) => entry.type === "post", "a post"),
);

/**
 * Holds each new post for the undo time, on disk, before it goes into the log.
 * Closing the app writes what is held; a crash leaves it here for the next start.
 */
export class Outbox implements Resource {
  readonly #options: OutboxOptions;
  readonly #held = createState<readonly HeldPost[]>([]);
  readonly #serial = createSerial();
  readonly #timers = new Map<string, () => void>();
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get held(): State<readonly HeldPost[]> {
    return this.#held;
  }

  /** Writes what an earlier run left behind. What cannot be written stays held, to be taken back. */
  async start(): Promise<void> {
    await this.#flushQuietly();
    this.#show();
  }

  /** Writes what is held. What cannot be written now is left to the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushQuietly();
    for (const id of [...this.#timers.keys()]) this.#cancel(id);
  }

  /**
   * Holds a post durably for `undoMs`; with 0 it is written before this returns.
   * @throws `text-long` when it does not fit a block, `disk-full`; nothing is held then
   */
  async add(post: OutgoingPost, undoMs: number): Promise<string> {
    const { local, clock, random } = this.#options;
    const id = randomId(random);
    const until = clock.now() + undoMs;
    const entry = { ...post.entry, id };
    entryBytes(entry);
    local.run(
      "INSERT INTO outbox (id, audience, entry, until) VALUES (?, ?, ?, ?)",
      [id, post.audience, JSON.stringify(entry), until],
    );
    this.#show();
    if (undoMs === 0) await this.#writeNow(id);
    else this.#writeLater(id, undoMs);
    return id;
  }

  /** What is not written is not held either, so that trying again posts once. */
  async #writeNow(id: string): Promise<void> {
    try {
      await this.#writeOne(id);
    } catch (error) {
      await this.undo(id);
      throw error;
    }
  }

  /** A post that cannot be written, on a full disk say, is tried again (DU4). */
  #writeLater(id: string, ms: number): void {
    const { clock, logger } = this.#options;
    if (this.#closed) return;
    const cancel = clock.after(ms, () => {
      const writing = this.#writeOne(id).catch((error: unknown) => {
        this.#writeLater(id, RETRY_MS);
        throw error;
      });
      logger.background("held post", writing);
    });
    this.#timers.set(id, cancel);
  }

  /** Takes a held post back; false when it is in the log already. */
  undo(id: string): Promise<boolean> {
    return this.#serial(() => {
      this.#cancel(id);
      const changes = this.#options.local.run(
        "DELETE FROM outbox WHERE id = ?",
        [id],
      );
      this.#show();
      return Promise.resolve(changes > 0);
    });
  }

  async #flushQuietly(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.#options.logger.bug(error, "held posts");
    }
  }

  /** Writes everything that is held, now; what one post throws stops no other. */
  async flush(): Promise<void> {
    const ids = this.#options.local.all(
      "SELECT id FROM outbox ORDER BY until, rowid",
      [],
      (row) => text(row, "id"),
    );
    const errors: unknown[] = [];
    for (const id of ids)
      await this.#writeOne(id).catch((error: unknown) => errors.push(error));
    if (errors.length > 0)
      throw new AggregateError(errors, "posts could not be written");
  }

  #writeOne(id: string): Promise<void> {
    return this.#serial(async () => {
      this.#cancel(id);
      const { local, write } = this.#options;
      const post = local.get(
        "SELECT * FROM outbox WHERE id = ?",
        [id],
        (row) =>
          ({
            audience: text(row, "audience") === "link" ? "link" : "contacts",
            entry: readPost(text(row, "entry")),
          }) as const,
      );
      if (post === null) return;
      await write(post);
      try {
        local.run("DELETE FROM outbox WHERE id = ?", [id]);
      } catch (error) {
        // It is in the log, so it is posted; written again, it is the same post.
        if (!isCoreError(error, "disk-full")) throw error;
        this.#writeLater(id, RETRY_MS);
      }
      this.#show();
    });
  }

  #cancel(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #show(): void {
    this.#held.set(
      this.#options.local.all(
        "SELECT * FROM outbox ORDER BY until, rowid",
        [],
        (row) => {
          const entry = readPost(text(row, "entry"));
          return {
            id: text(row, "id"),
            text: entry.text,
            audience: text(row, "audience") === "link" ? "link" : "contacts",
            attachments: entry.attachments.map(({ name }) => name),
            replyTo: entry.replyTo,
            until: int(row, "until"),
          } as const;
        },
      ),
    );
  }
}

function readPost(json: string): FeedEntryOf<"post"> {
  const entry = v.parse(entrySchema, JSON.parse(json));
  if (entry.type !== "post") throw new Error("not a post in the outbox");
  return entry;
}
