import type { FileRoot } from "#core/contract/ids.ts";
import type {
  ServedChunk,
  ServedFile,
  ServedSmall,
  ServeOrder,
} from "./bulk-messages.ts";
import type { ThreadLane } from "./bulk-thread.ts";
import type { WholeFile } from "#core/files/whole-file.ts";
import { lookUpAsked, type ServeParts } from "./serve-parts.ts";
import { ServeQueue } from "./serve-queue.ts";
import { ServeTurn } from "./serve-turn.ts";
import { chunkLength } from "#core/files/chunks.ts";
import { OPEN_ASKS, type AskMessage, type Part } from "./wire.ts";
import type { Lack, Whole } from "#core/files/read-whole.ts";

/** Ids have 4 bytes on a lane: enough for a petabyte. */
const ID_MAX = 0xffff_ffff;
/** Files that the thread knows of at one moment, for one lane. */
const FILES = 16;
/** Chunks read by this thread and not yet sent: they wait in memory. */
const READS = 4;

/** An ask that is neither answered nor lacked. */
interface Open {
  readonly part: Part;
  /** Where the thread reads it; null when this thread does. */
  known: Known | null;
  /** Bytes that the thread reads of it whole; null when it does not. */
  smallBytes: number | null;
}

interface Known {
  readonly number: number;
  readonly root: FileRoot;
  readonly served: ServedFile;
  /** Chunks ordered and neither answered nor failed. */
  ordered: number;
}

/**
 * The answering half of a bulk lane, in the main thread: decides what the thread
 * may send (FI5), and reads itself what that cannot: content that is still being
 * fetched, and files that turned out to be changed or away. Each ask gets exactly
 * one answer or one lack; why something is lacking is never said.
 */
export class BulkServing {
  readonly #parts: ServeParts;
  readonly #lane: ThreadLane<ServeOrder>;
  readonly #open = new Map<number, Open>();
  readonly #known = new Map<FileRoot, Known>();
  /** To be read by this thread, and what of that is under way or not sent yet. */
  readonly #slow: ServeQueue;
  readonly #reading = new Set<number>();
  readonly #turn: ServeTurn;
  #nextFile = 0;

  constructor(parts: ServeParts, lane: ThreadLane<ServeOrder>) {
    this.#parts = parts;
    this.#lane = lane;
    this.#slow = new ServeQueue(parts.counts);
    this.#turn = new ServeTurn(parts.reader, this.#slow, {
      readNext: () => this.#readNext(),
      again: () => {
        this.#readOn();
      },
    });
  }

  ask({ first, parts }: AskMessage): void {
    const { session, naming } = this.#parts;
    const isMany = this.#open.size + parts.length > OPEN_ASKS;
    if (isMany || first + parts.length > ID_MAX) {
      session.fault("files-asks-many");
      this.#end();
      return;
    }
    const spaces = session.common.peek();
    const lacking: number[] = [];
    const chunks: ServedChunk[] = [];
    const small: ServedSmall[] = [];
    lookUpAsked(this.#parts, parts);
    let seen: FileRoot | null = null;
    let isNamed = false;
    let file: Known | null = null;
    for (const [at, part] of parts.entries()) {
      const id = first + at;
      if (this.#open.has(id)) {
        session.fault("files-ask-twice");
        this.#end();
        return;
      }
      if (part.root !== seen) {
        // FI5: what no common space names is not there for this line.
        isNamed = naming.isNamed(part.root, spaces);
        seen = part.root;
        file = isNamed ? this.#fileOf(part.root) : null;
      }
      const known = part.kind === "chunk" ? file : null;
      const whole = this.#smallOf(part, isNamed && file === null);
      const smallBytes = whole?.size ?? null;
      this.#open.set(id, { part, known, smallBytes });
      if (!isNamed || part.kind !== "chunk") lacking.push(id);
      else if (whole !== null) {
        const { absolutePath, root, size, mtimeMs } = whole;
        small.push([id, absolutePath, root, size, mtimeMs]);
      } else if (known === null) this.#slow.add({ id, isUrgent: false, part });
      else {
        known.ordered++;
        chunks.push({ id, file: known.number, index: part.index });
      }
    }
    const { lane } = this.#lane;
    if (chunks.length > 0) this.#lane.order({ kind: "chunks", lane, chunks });
    if (small.length > 0)
      this.#lane.order({ kind: "small", lane, files: JSON.stringify(small) });
    this.#lack(lacking);
    this.#readOn();
  }

  /** The thread spares what it has not sent; what this thread is to read is spared here. */
  spare(ids: readonly number[]): void {
    const lacking = this.#slow.spare(new Set(ids));
    const { lane } = this.#lane;
    this.#lane.order({ kind: "cancel", lane, ids });
    this.#lack(lacking);
  }

  /** They are on their way to the other end. */
  answered(ids: readonly number[]): void {
    for (const { part, known, smallBytes } of this.#closed(ids)) {
      this.#parts.onGave?.(part);
      if (known !== null)
        this.#parts.reader.gave?.(chunkLength(known.served.size, part.index));
      else if (smallBytes !== null) this.#parts.reader.gave?.(smallBytes);
    }
    this.#forgetOld();
    this.#readOn();
  }

  /** The other end was told that it does not get them: nothing was given (FI14). */
  lacked(ids: readonly number[]): void {
    this.#closed(ids);
    this.#forgetOld();
    this.#readOn();
  }

  /** The thread could not read it: another copy may be good, and this thread knows those. */
  failed({ id, file }: ServedChunk, lack: Lack): void {
    const open = this.#open.get(id);
    const known = open?.known ?? null;
    if (open === undefined || known?.number !== file) return;
    known.ordered--;
    open.known = null;
    // The reader looks at the file itself, and notes when it is another one now.
    if (lack === "changed") this.#drop(known);
    this.#slow.add({ id, isUrgent: false, part: open.part });
    this.#readOn();
  }

  /** As `failed`, for content that the thread reads whole. */
  smallFailed(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined || open.smallBytes === null) return;
    open.smallBytes = null;
    this.#slow.add({ id, isUrgent: false, part: open.part });
    this.#readOn();
  }

  down(): void {
    this.#turn.close();
    this.#open.clear();
    this.#known.clear();
    this.#slow.clear();
  }

  #closed(ids: readonly number[]): readonly Open[] {
    return ids.flatMap((id) => {
      const open = this.#open.get(id);
      this.#open.delete(id);
      this.#reading.delete(id);
      if (open === undefined) return [];
      if (open.known !== null) open.known.ordered--;
      return open;
    });
  }

  #end(): void {
    this.#lane.order({ kind: "end", lane: this.#lane.lane });
  }

  #lack(ids: readonly number[]): void {
    const { lane } = this.#lane;
    if (ids.length > 0) this.#lane.order({ kind: "lack", lane, ids });
  }

  #smallOf({ kind, root, index }: Part, isServed: boolean): Whole | null {
    if (!isServed || kind !== "chunk" || index > 0) return null;
    return this.#parts.reader.small?.(root) ?? null;
  }

  #fileOf(root: FileRoot): Known | null {
    const whole = this.#parts.reader.file?.(root) ?? null;
    if (whole === null) return null;
    const known = this.#known.get(root);
    if (known !== undefined && isSame(known.served, whole)) {
      // To the end of the map: asked for last.
      this.#known.delete(root);
      this.#known.set(root, known);
      return known;
    }
    if (known !== undefined) this.#drop(known);
    const list = whole.list();
    if (list === null) return null;
    const { path, size, mtimeMs, chunkSize } = whole;
    const served: ServedFile = { path, size, mtimeMs, chunkSize, list };
    const number = this.#nextFile++;
    const made: Known = { number, root, served, ordered: 0 };
    this.#known.set(root, made);
    const { lane } = this.#lane;
    this.#lane.order({ kind: "file", lane, file: number, served });
    return made;
  }

  #forgetOld(): void {
    for (const known of this.#known.values()) {
      if (this.#known.size <= FILES) return;
      if (known.ordered === 0) this.#drop(known);
    }
  }

  #drop(known: Known): void {
    if (this.#known.get(known.root) !== known) return;
    this.#known.delete(known.root);
    const { lane } = this.#lane;
    this.#lane.order({ kind: "forget", lane, file: known.number });
  }

  #readOn(): void {
    while (this.#reading.size < READS && !this.#slow.isEmpty)
      if (!this.#turn.enter()) return;
  }

  #readNext(): boolean {
    const next = this.#slow.take();
    if (next === undefined) return false;
    this.#reading.add(next.id);
    const read = this.#read(next.id, next.part);
    this.#parts.logger.background("files bulk", read);
    return true;
  }

  async #read(id: number, { root, index }: Part): Promise<void> {
    const { reader, logger } = this.#parts;
    const bytes = await reader.chunk(root, index).catch((error: unknown) => {
      logger.bug(error, "files bulk");
      return null;
    });
    const { lane } = this.#lane;
    if (bytes === null) this.#lack([id]);
    else {
      // A view would take all the memory it lies in with it.
      const own = new Uint8Array(bytes);
      this.#lane.order({ kind: "bytes", lane, id, bytes: own }, [own.buffer]);
    }
  }
}

function isSame(one: ServedFile, other: WholeFile): boolean {
  return one.path === other.path && one.mtimeMs === other.mtimeMs;
}
