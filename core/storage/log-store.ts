import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import Corestore from "corestore";
import Hypercore from "hypercore";
import z32 from "z32";
import * as v from "valibot";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import { logKeySchema } from "#core/contract/ids.ts";
import type { LogKey } from "#core/contract/ids.ts";
import type { Resource } from "#core/base/resource.ts";
import { createBarrier, syncFolder } from "./barrier.ts";
import { dropEmptyMark } from "./store-mark.ts";
import { Log } from "./log.ts";
import type { LogDisk, Writer } from "./log.ts";

/** Opening writes some files; with less room than this, in bytes, it is not tried. */
const ROOM_BYTES = 16 * 1024 * 1024;
/**
 * What the engine gathers in memory before it writes a table: with its own 64 MiB,
 * sharing 100,000 files would keep all of their entries there.
 */
const GATHERED_BYTES = 8 * 1024 * 1024;

/**
 * All logs of this device, own and foreign, in one store.
 *
 * The store's own master key is random and nothing is derived from it: own logs
 * are opened by their public key alone and the writer's seed is handed to each
 * append, so no writer's secret rests here (SP3). Every log that is not ours is
 * opened with `allowFork: false`: an author's rewrite is never followed (SP7).
 */
export class LogStore implements Resource, LogDisk {
  readonly #path: string;
  readonly #open = new Map<string, Promise<Log>>();
  readonly #logs = new Set<Log>();
  #store: Corestore;
  #barrier: () => Promise<void>;
  #reviving: Promise<void> | null = null;
  /** Waits until everything appended so far is on disk (DU1). Group-committed. */
  readonly barrier = (): Promise<void> => this.#barrier();

  private constructor(store: Corestore, path: string) {
    this.#store = store;
    this.#path = path;
    this.#barrier = createBarrier(path);
  }

  /**
   * Opens the store in `folder`, or makes it and syncs it whole.
   * @throws `store-busy`, `store-moved` or `store-damaged`
   */
  static async open(folder: string): Promise<LogStore> {
    const path = join(folder, "logs");
    const isNew = !existsSync(path);
    const store = await openStore(path);
    if (isNew) await syncFolder(path);
    return new LogStore(store, path);
  }

  revive(): Promise<void> {
    this.#reviving ??= this.#revive().finally(() => {
      this.#reviving = null;
    });
    return this.#reviving;
  }

  async #revive(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#path);
    if (bavail * bsize < ROOM_BYTES) throw new CoreError("disk-full", {});
    const logs = [...this.#logs];
    for (const log of logs) await log.letGo();
    try {
      await this.#store.close();
      this.#store = await openStore(this.#path);
      this.#barrier = createBarrier(this.#path);
    } finally {
      for (const log of logs) await log.takeUp();
    }
  }

  /** The key of the log that this writer signs; no look-up, no disk. */
  static keyOf(writer: { readonly publicKey: Buffer }): LogKey {
    return logKey(Hypercore.key(manifest(writer.publicKey)));
  }

  /** Opens the log this device writes under a read key. */
  openOwn(writer: Writer, readKey: Buffer): Promise<Log> {
    const key = LogStore.keyOf(writer);
    return this.#once(key, async () => {
      const core = (): Hypercore =>
        this.#store.get({
          key: logKeyBytes(key),
          manifest: manifest(writer.publicKey),
          encryption: { key: readKey },
          allowFork: false,
        });
      return await ready(new Log(key, core, writer, this));
    });
  }

  /** Opens a log that another device writes. */
  openForeign(key: LogKey, readKey: Buffer): Promise<Log> {
    return this.#once(key, async () => {
      const core = (): Hypercore =>
        this.#store.get({
          key: logKeyBytes(key),
          encryption: { key: readKey },
          allowFork: false,
        });
      return await ready(new Log(key, core, null, this));
    });
  }

  /**
   * Opens a log without the key to its blocks, to keep it for those who have it
   * (KE2). It stands beside one of the same key that is open to be read.
   */
  openBlind(key: LogKey): Promise<Log> {
    return this.#once(`blind ${key}`, async () => {
      const core = (): Hypercore =>
        this.#store.get({ key: logKeyBytes(key), allowFork: false });
      return await ready(new Log(key, core, null, this));
    });
  }

  /** Closes a log that was kept blindly; its blocks are freed unless somebody else here reads them. */
  async forgetBlind(key: LogKey): Promise<void> {
    const log = await this.openBlind(key);
    if (!this.#open.has(key)) await log.clear();
    await this.#release(`blind ${key}`);
  }

  /** Closes one log; its blocks stay. */
  release(key: LogKey): Promise<void> {
    return this.#release(key);
  }

  async #release(key: string): Promise<void> {
    const opening = this.#open.get(key);
    this.#open.delete(key);
    if (opening === undefined) return;
    const log = await opening;
    this.#logs.delete(log);
    await log.close();
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#open.values());
    this.#open.clear();
    for (const log of this.#logs) await log.close();
    this.#logs.clear();
    await this.#store.close();
  }

  #once(key: string, open: () => Promise<Log>): Promise<Log> {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const log = this.#afterReviving(open);
    this.#open.set(key, log);
    // One that did not open may do so another time.
    log.catch(() => this.#open.delete(key));
    return log;
  }

  async #afterReviving(open: () => Promise<Log>): Promise<Log> {
    await this.#reviving?.catch(() => undefined);
    const log = await open();
    this.#logs.add(log);
    return log;
  }
}

/** @throws `store-busy`, `store-moved` or `store-damaged` */
async function openStore(path: string): Promise<Corestore> {
  try {
    return await openOnce(path);
  } catch (error) {
    if (!isCoreError(error, "store-moved")) throw error;
    // Nobody else has it open: the mark is looked at once its lock is held.
    const problem = error.cause instanceof Error ? error.cause.message : "";
    if (!(await dropEmptyMark(join(path, "CORESTORE"), problem))) throw error;
    return await openOnce(path);
  }
}

async function openOnce(path: string): Promise<Corestore> {
  const store = new Corestore(
    Hypercore.defaultStorage(path, { writeBufferSize: GATHERED_BYTES }),
  );
  try {
    await store.ready();
    return store;
  } catch (error) {
    await store.close().catch(() => undefined);
    throw openError(error);
  }
}

async function ready(log: Log): Promise<Log> {
  await log.ready();
  return log;
}

function manifest(publicKey: Buffer): Hypercore.Manifest {
  return { version: 1, signers: [{ publicKey }] };
}

/** The id of a log from its 32-byte key. */
export function logKey(key: Buffer): LogKey {
  return v.parse(logKeySchema, z32.encode(key));
}

function logKeyBytes(key: LogKey): Buffer {
  return Buffer.from(z32.decode(key));
}

function openError(error: unknown): CoreError {
  // A lock that is taken has no code, only a sentence.
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes("could not be locked"))
    return new CoreError("store-busy", {}, error);
  if (codeOf(error) === "DEVICE_FILE")
    return new CoreError("store-moved", {}, error);
  return new CoreError("store-damaged", { part: "logs" }, error);
}
