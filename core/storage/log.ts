import type Hypercore from "hypercore";
import { CoreError } from "#core/contract/errors.ts";
import type { LogKey } from "#core/contract/ids.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";

/** An Ed25519 key pair that signs one log. */
export interface Writer {
  readonly publicKey: Buffer;
  readonly secretKey: Buffer;
}

/** One append-only log: a Hypercore with our durability and without its waiting. */
export class Log implements Resource {
  readonly key: LogKey;
  readonly #open: () => Hypercore;
  readonly #writer: Writer | null;
  readonly #barrier: () => Promise<void>;
  readonly #serial = createSerial();
  readonly #grown = createTrigger();
  readonly #split = createTrigger();
  #core: Hypercore;
  #download: Hypercore.Download | null = null;
  #reopening: Promise<void> | null = null;

  /** `open` gives a new handle on the same core, each time it is called. */
  constructor(
    key: LogKey,
    open: () => Hypercore,
    writer: Writer | null,
    barrier: () => Promise<void>,
  ) {
    this.key = key;
    this.#open = open;
    this.#writer = writer;
    this.#barrier = barrier;
    this.#core = this.#attach();
  }

  async ready(): Promise<void> {
    await this.#core.ready();
  }

  get isWritable(): boolean {
    return this.#writer !== null;
  }

  /** Blocks known to exist; some may not be here yet. */
  get length(): number {
    return this.#core.length;
  }

  /** Blocks here without a gap from the first. */
  get heldLength(): number {
    return this.#core.contiguousLength;
  }

  /** Fires when blocks were appended or arrived. */
  get grown(): Signal {
    return this.#grown;
  }

  /** Fires when its author was caught with two histories (SP7). */
  get split(): Signal {
    return this.#split;
  }

  /**
   * Appends blocks and waits for the disk (DU1). Appends run one after another.
   * @returns the number of the first block
   * @throws `disk-full` when the store refuses the write; nothing was added
   */
  append(blocks: readonly Buffer[]): Promise<number> {
    const writer = this.#writer;
    if (writer === null)
      return Promise.reject(new Error("this log is written elsewhere"));
    if (this.#reopening !== null)
      return Promise.reject(new Error("this log has two histories"));
    return this.#serial(async () => {
      const first = this.#core.length;
      try {
        await this.#core.append([...blocks], { keyPair: writer });
        await this.#barrier();
      } catch (error) {
        throw refusal(error);
      }
      return first;
    });
  }

  /** A block that is here, else null; never waits for others. */
  async read(index: number): Promise<Buffer | null> {
    await this.#reopening;
    if (this.#core.closed || index >= this.#core.length) return null;
    return await this.#core.get(index, { wait: false });
  }

  /** Serves and fetches this log, and only this log, over a line (ME5). */
  replicate(stream: unknown): void {
    this.#core.replicate(stream);
    if (this.#writer === null)
      this.#download ??= this.#core.download({ start: 0, end: -1 });
  }

  async close(): Promise<void> {
    await this.#reopening;
    this.#download?.destroy();
    await this.#core.close();
  }

  #attach(): Hypercore {
    const core = this.#open();
    core.on("append", () => {
      this.#grown.fire();
    });
    core.on("download", () => {
      this.#grown.fire();
    });
    core.on("conflict", () => {
      this.#reopening = this.#reopen(core);
      this.#split.fire();
    });
    return core;
  }

  /**
   * A conflict closes every handle on a core. What was here stays readable; the
   * core itself is frozen from now on and fetches nothing more (SP7).
   */
  async #reopen(closing: Hypercore): Promise<void> {
    try {
      await closing.close();
      this.#core = this.#attach();
      await this.#core.ready();
    } catch {
      // It stays closed: nothing is read from it until the next start.
    }
    this.#grown.fire();
  }
}

/** A refused write has no code; a full disk is by far its most likely reason. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const full =
    error.message.includes("Batch was not applied") ||
    error.message.includes("No space left") ||
    ("code" in error && error.code === "ENOSPC");
  return full ? new CoreError("disk-full", {}, error) : error;
}
