import type { Resource } from "#core/base/resource.ts";
import { breathe } from "#core/base/breathe.ts";
import type { ReadAnswer, ReadOrder } from "./read-messages.ts";
import type { Lack, Whole } from "./read-whole.ts";
import { Thread } from "#core/base/thread.ts";

interface Task {
  readonly file: Whole;
  readonly resolve: (bytes: Buffer | Lack) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes in one order: what is asked for at one moment comes in a few pieces. */
const ORDER_BYTES = 1024 * 1024;

/**
 * Reads content in one chunk, verified, in a thread of its own: four calls to
 * the disk for each small file, asked for one by one, cost this thread more
 * than sending the bytes does. What is asked for in one turn goes together.
 */
export class WholeReader implements Resource {
  readonly #thread = new Thread<ReadOrder, ReadAnswer>("read-worker");
  #tasks: Task[] = [];
  #isClosed = false;

  /** The bytes of one file of one chunk (FI2, FI3). */
  read({ absolutePath, root, size, mtimeMs }: Whole): Promise<Buffer | Lack> {
    if (this.#isClosed) return Promise.resolve("away");
    return new Promise((resolve, reject) => {
      const file = { absolutePath, root, size, mtimeMs };
      if (this.#tasks.push({ file, resolve, reject }) === 1)
        breathe().then(() => {
          this.#order();
        }, reject);
    });
  }

  /** Reads under way answer that the file is away. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread.close();
  }

  #order(): void {
    let order: Task[] = [];
    let bytes = 0;
    for (const task of this.#tasks) {
      order.push(task);
      bytes += task.file.size;
      if (bytes < ORDER_BYTES) continue;
      this.#ask(order);
      order = [];
      bytes = 0;
    }
    this.#tasks = [];
    if (order.length > 0) this.#ask(order);
  }

  #ask(order: readonly Task[]): void {
    if (this.#isClosed) {
      for (const { resolve } of order) resolve("away");
      return;
    }
    this.#thread
      .ask(order.map(({ file }) => file))
      .then(({ bytes, lacks }) => {
        let at = 0;
        for (const [index, { file, resolve }] of order.entries()) {
          const read = Buffer.from(bytes.buffer, at, file.size);
          at += file.size;
          resolve(lacks[index] ?? read);
        }
      })
      .catch((error: unknown) => {
        // Closed, or a bug of ours: it must not look like a missing file.
        for (const { resolve, reject } of order)
          if (this.#isClosed) resolve("away");
          else reject(error);
      });
  }
}
