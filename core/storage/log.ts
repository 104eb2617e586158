import type NoiseSecretStream from "@hyperswarm/secret-stream";
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

/** What a log needs of the store it is in. */
export interface LogDisk {
  /** Waits until everything appended so far is on disk (DU1). */
  barrier(): Promise<void>;
  /**
   * Opens the store anew after it refused a write: until then it refuses all.
   * @throws `disk-full` while there is no room
   */
  revive(): Promise<void>;
}

/** One append-only log: a Hypercore with our durability and without its waiting. */
export class Log implements Resource {
  readonly key: LogKey;
  readonly #open: () => Hypercore;
  readonly #writer: Writer | null;
  readonly #disk: LogDisk;
  readonly #serial = createSerial();
  readonly #grown = createTrigger();
  readonly #split = createTrigger();
  readonly #streams = new Set<NoiseSecretStream>();
  #core: Hypercore;
  #download: Hypercore.Download | null = null;
  #limit = Infinity;
  #isSplit = false;
  /** While the core is closed to be opened again. */
  #reopening: Promise<void> | null = null;
  #reopened: () => void = () => undefined;

  /** `open` gives a new handle on the same core, each time it is called. */
  constructor(
    key: LogKey,
    open: () => Hypercore,
    writer: Writer | null,
    disk: LogDisk,
  ) {
    this.key = key;
    this.#open = open;
    this.#writer = writer;
    this.#disk = disk;
    this.#core = this.#attach();
  }

  async ready(): Promise<void> {
    await this.#core.ready();
  }

  get isWritable(): boolean {
    return this.#writer !== null;
  }

  /** Blocks known to exist, of those that count; some may not be here yet. */
  get length(): number {
    return Math.min(this.#core.length, this.#limit);
  }

  /** Blocks here without a gap from the first, of those that count. */
  get heldLength(): number {
    return Math.min(this.#core.contiguousLength, this.#limit);
  }

  /**
   * Says how many blocks count, the header among them; `Infinity` is all. Those
   * behind are not asked for, and are as if they were not here (SP6).
   */
  limit(blocks: number): void {
    if (blocks === this.#limit) return;
    this.#limit = blocks;
    if (this.#download !== null) {
      this.#download.destroy();
      this.#download = this.#fetch();
    }
    this.#grown.fire();
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
   * A store that refused a write is opened anew once there is room (DU4).
   * @throws `disk-full` when there is none; nothing was added
   */
  append(blocks: readonly Buffer[]): Promise<number> {
    const writer = this.#writer;
    if (writer === null)
      return Promise.reject(new Error("this log is written elsewhere"));
    return this.#serial(async () => {
      await this.#reopening;
      if (this.#isSplit) throw new Error("this log has two histories");
      const first = this.#core.length;
      try {
        await this.#write(blocks, writer, first);
      } catch (error) {
        // Opening the store anew for another log may have cut this write short.
        if (!isRefusal(error) && !this.#core.closed) throw error;
        await this.#disk.revive();
        await this.#write(blocks, writer, first).catch((again: unknown) => {
          throw isRefusal(again)
            ? new CoreError("disk-full", {}, again)
            : again;
        });
      }
      return first;
    });
  }

  /** Adds the blocks, unless an earlier try did, and waits for the disk. */
  async #write(
    blocks: readonly Buffer[],
    writer: Writer,
    first: number,
  ): Promise<void> {
    if (this.#core.length === first)
      await this.#core.append([...blocks], { keyPair: writer });
    await this.#disk.barrier();
  }

  /** A block that is here, else null; never waits for others. */
  async read(index: number): Promise<Buffer | null> {
    await this.#reopening;
    if (this.#core.closed || index >= this.#core.length) return null;
    return await this.#core.get(index, { wait: false });
  }

  /** A block that is here, as it rests on disk and goes over a line: unreadable without the key. */
  async readSealed(index: number): Promise<Buffer | null> {
    await this.#reopening;
    if (this.#core.closed || index >= this.#core.length) return null;
    return await this.#core.get(index, { wait: false, raw: true });
  }

  /** Bytes of all blocks known to exist. */
  get bytes(): number {
    return this.#core.byteLength;
  }

  /** Gives the room of all blocks back. */
  async clear(): Promise<void> {
    await this.#core.clear(0, this.#core.length);
    await this.#core.compact();
  }

  /** Serves and fetches this log, and only this log, over a line (ME5). */
  replicate(stream: NoiseSecretStream): void {
    this.#streams.add(stream);
    stream.once("close", () => this.#streams.delete(stream));
    this.#join(stream);
  }

  #join(stream: NoiseSecretStream): void {
    this.#core.replicate(stream);
    if (this.#writer === null) this.#download ??= this.#fetch();
  }

  #fetch(): Hypercore.Download {
    const end = this.#limit === Infinity ? -1 : this.#limit;
    return this.#core.download({ start: 0, end });
  }

  async close(): Promise<void> {
    await this.#reopening;
    await this.#shut();
  }

  async #shut(): Promise<void> {
    this.#download?.destroy();
    this.#download = null;
    await this.#core.close();
  }

  /** Closes the core until `takeUp`, for a store that is opened anew; reads wait. */
  async letGo(): Promise<void> {
    this.#reopening ??= new Promise((resolve) => {
      this.#reopened = resolve;
    });
    await this.#shut();
  }

  /** Opens the core again, and goes on with the lines that are still up. */
  async takeUp(): Promise<void> {
    try {
      this.#core = this.#attach();
      await this.#core.ready();
      if (!this.#isSplit)
        for (const stream of this.#streams) this.#join(stream);
    } finally {
      this.#reopening = null;
      this.#reopened();
      this.#grown.fire();
    }
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
      this.#isSplit = true;
      // It stays closed when it cannot be opened: nothing is read until the next start.
      this.#surviveConflict().catch(() => undefined);
      this.#split.fire();
    });
    return core;
  }

  /**
   * A conflict closes every handle on a core. What was here stays readable; the
   * core itself is frozen from now on and fetches nothing more (SP7).
   */
  async #surviveConflict(): Promise<void> {
    await this.letGo();
    await this.takeUp();
  }
}

/** A refused write has no code; a full disk is by far its most likely reason. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.message.includes("Batch was not applied") ||
      error.message.includes("No space left") ||
      ("code" in error && error.code === "ENOSPC"))
  );
}
