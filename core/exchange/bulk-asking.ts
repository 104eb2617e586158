import type { FetchOrder, BulkOutcome, GrowingFile } from "./bulk-messages.ts";
import { PACK_OUTCOMES, type PackResult, type PackWish } from "./bulk-pack.ts";
import { HASH_BYTES, rootBytes } from "#core/files/chunks.ts";
import type { Content } from "#core/files/model.ts";
import type { ThreadLane } from "./bulk-thread.ts";
import {
  encodeAsk,
  encodeIds,
  encodePack,
  OPEN_ASKS,
  type Part,
} from "./wire.ts";

/** A file that chunks from bulk lanes are written into, by threads. */
export class BulkFile {
  readonly growing: GrowingFile;
  readonly #holders = new Set<BulkAsking>();
  #outcome: BulkOutcome = "written";

  constructor(growing: GrowingFile) {
    this.growing = growing;
  }

  heldBy(asking: BulkAsking): void {
    this.#holders.add(asking);
  }

  /** A thread has it no longer open; how that ended. */
  released(outcome: BulkOutcome): void {
    if (outcome !== "written") this.#outcome = outcome;
  }

  /**
   * Nothing more is written into it when this resolves, and no thread has it
   * open; with what the disk refused later than it was told of, or `written`.
   */
  async release(): Promise<BulkOutcome> {
    await Promise.all([...this.#holders].map((one) => one.release(this)));
    return this.#outcome;
  }
}

/** A chunk wanted over a bulk lane. */
export interface BulkAsk {
  readonly part: Part;
  /** Bytes expected. */
  readonly size: number;
  readonly file: BulkFile;
  /** Called exactly once. */
  settle(outcome: BulkOutcome): void;
}

/** Contents of one chunk each, wanted together over a bulk lane. */
export interface PackAsk {
  readonly contents: readonly Content[];
  /** Bytes expected of all. */
  readonly size: number;
  /** Called exactly once. */
  settle(result: PackResult): void;
}

/** The asking half of a bulk lane, in the main thread. */
export interface BulkRemote {
  /** Whether packs may be asked for now. */
  readonly takesPacks: boolean;
  /** Asks for at most `room` contents. They cannot be cancelled. */
  askPack(pack: PackAsk): void;
  /** Asks that may be made now without breaking the other end's limit. */
  readonly room: number;
  ask(asks: readonly BulkAsk[]): void;
  /** Asks to be spared an answer; it settles all the same. */
  cancel(asks: readonly BulkAsk[]): void;
}

/** Ids on a lane are 4 bytes; long before they are used up a lane is made anew. */
export class BulkAsking implements BulkRemote {
  readonly #lane: ThreadLane<FetchOrder>;
  readonly #asks = new Map<number, BulkAsk>();
  /** By the first of their ids. */
  readonly #packs = new Map<number, PackAsk>();
  #packed = 0;
  readonly #files = new Map<BulkFile, number>();
  /** Those that the thread may have open. */
  readonly #open = new Map<number, BulkFile>();
  readonly #releasing = new Map<number, () => void>();
  #nextAsk = 0;
  #nextFile = 0;
  #isDown = false;

  constructor(lane: ThreadLane<FetchOrder>) {
    this.#lane = lane;
  }

  get room(): number {
    return this.#isDown ? 0 : OPEN_ASKS - this.#asks.size - this.#packed;
  }

  get isIdle(): boolean {
    return this.#asks.size === 0 && this.#packs.size === 0;
  }

  get takesPacks(): boolean {
    return !this.#isDown;
  }

  askPack(pack: PackAsk): void {
    const { contents } = pack;
    const first = this.#nextAsk;
    this.#nextAsk += contents.length;
    this.#packed += contents.length;
    this.#packs.set(first, pack);
    const roots = new Uint8Array(contents.length * HASH_BYTES);
    for (const [at, { root }] of contents.entries())
      roots.set(rootBytes(root), at * HASH_BYTES);
    const sizes = Uint32Array.from(contents, ({ size }) => size);
    const wish: PackWish = { first, roots, sizes };
    const bytes = encodePack(first, roots);
    const { lane } = this.#lane;
    this.#lane.order({ kind: "pack", lane, bytes, wish });
  }

  packCame(first: number, result: PackResult): void {
    const pack = this.#packs.get(first);
    if (pack === undefined) return;
    this.#packs.delete(first);
    this.#packed -= pack.contents.length;
    pack.settle(result);
  }

  ask(asks: readonly BulkAsk[]): void {
    const { lane } = this.#lane;
    const first = this.#nextAsk;
    this.#nextAsk += asks.length;
    const chunks = asks.map((ask, at) => {
      this.#asks.set(first + at, ask);
      const { part, file } = ask;
      return { id: first + at, file: this.#number(file), index: part.index };
    });
    const parts = asks.map(({ part }) => part);
    const bytes = encodeAsk({ first, isUrgent: false, parts });
    this.#lane.order({ kind: "ask", lane, bytes, chunks });
  }

  cancel(asks: readonly BulkAsk[]): void {
    const wanted = new Set(asks);
    const ids: number[] = [];
    for (const [id, ask] of this.#asks) if (wanted.has(ask)) ids.push(id);
    const { lane } = this.#lane;
    if (ids.length > 0)
      this.#lane.order({ kind: "cancel", lane, bytes: encodeIds(ids) });
  }

  /** Resolves when the thread has the file no longer open for this lane. */
  release(file: BulkFile): Promise<void> {
    const number = this.#files.get(file);
    if (number === undefined || this.#isDown) return Promise.resolve();
    this.#files.delete(file);
    const { lane } = this.#lane;
    this.#lane.order({ kind: "release", lane, file: number });
    return new Promise((resolve) => {
      this.#releasing.set(number, resolve);
    });
  }

  released(file: number, outcome: BulkOutcome): void {
    this.#open.get(file)?.released(outcome);
    this.#open.delete(file);
    this.#releasing.get(file)?.();
    this.#releasing.delete(file);
  }

  settled(settled: readonly (readonly [number, BulkOutcome])[]): void {
    for (const [id, outcome] of settled) {
      const ask = this.#asks.get(id);
      this.#asks.delete(id);
      ask?.settle(outcome);
    }
  }

  /** The lane is gone: what was asked goes back to whoever asked. */
  down(): void {
    this.#isDown = true;
    const asks = [...this.#asks.values()];
    this.#asks.clear();
    for (const ask of asks) ask.settle("gone");
    for (const [first, { contents }] of [...this.#packs]) {
      const outcomes = new Uint8Array(contents.length);
      outcomes.fill(PACK_OUTCOMES.indexOf("gone"));
      this.packCame(first, { outcomes, bytes: new Uint8Array() });
    }
    for (const resolve of this.#releasing.values()) resolve();
    this.#releasing.clear();
  }

  #number(file: BulkFile): number {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const number = this.#nextFile++;
    this.#files.set(file, number);
    this.#open.set(number, file);
    file.heldBy(this);
    const { lane } = this.#lane;
    const { growing } = file;
    this.#lane.order({ kind: "file", lane, file: number, growing });
    return number;
  }
}
