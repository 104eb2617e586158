import type { TLSSocket } from "node:tls";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import {
  ANSWERS_BYTES,
  FrameReader,
  readAnswers,
  SMALL_FRAME_BYTES,
  smallFrame,
  type FrameHead,
  type FrameTaker,
} from "./bulk-frames.ts";
import { GrowingPart } from "./bulk-growing.ts";
import { rethrow, type BulkEnd, type EndTools } from "./bulk-links.ts";
import type {
  BulkOutcome,
  FetchNews,
  GrowingFile,
  ServedChunk,
} from "./bulk-messages.ts";
import { Rooms } from "./bulk-rooms.ts";
import { PackWant, type PackWish } from "./bulk-pack.ts";
import { decodeIds } from "./wire.ts";

/** What was settled is told together after this time: a message for each chunk costs both threads. */
const TELL_MS = 8;
/** So many are told at once. */
const TELL_COUNT = 32;
/** An end that sends nothing for this long while asked is not waited for. */
const STALL_MS = 10_000;
/** Proved and not written yet; with more the link waits for the disk. */
const UNWRITTEN_BYTES = 16 * 1024 * 1024;

interface Want {
  readonly part: GrowingPart;
  readonly index: number;
}

/**
 * Fetches chunks on one lane, in a thread: asks, proves what comes (FI2) and
 * writes it into its place. Memory for an answer is taken only when it was asked
 * for and is no longer than its chunks can be (HO1).
 */
export class FetchEnd implements BulkEnd, FrameTaker {
  readonly frames = new FrameReader(this);
  readonly #tools: EndTools;
  readonly #post: (news: FetchNews) => void;
  readonly #parts = new Map<number, GrowingPart>();
  readonly #releasing = new Set<Promise<void>>();
  readonly #wants = new Map<number, Want>();
  readonly #packs = new Set<PackWant>();
  #settled: [number, BulkOutcome][] = [];
  #telling: (() => void) | null = null;
  readonly #rooms = new Rooms();
  /** Where the frame that is being read goes: it ends before the next begins. */
  #room: Buffer | null = null;
  #unwrittenBytes = 0;
  #socket: TLSSocket | null = null;
  readonly #stallMs: number;

  constructor(
    tools: EndTools,
    post: (news: FetchNews) => void,
    stallMs = STALL_MS,
  ) {
    this.#tools = tools;
    this.#post = post;
    this.#stallMs = stallMs;
  }

  begin(socket: TLSSocket): void {
    this.#socket = socket;
    socket.setTimeout(this.#stallMs, () => {
      // Not while it is we who do not read.
      const isWaiting = this.#wants.size + this.#packs.size > 0;
      if (isWaiting && !this.#isFull) this.#tools.end("stalled");
    });
  }

  async ended(): Promise<void> {
    this.#socket = null;
    this.#wants.clear();
    for (const pack of this.#packs) this.#giveBack(pack);
    for (const file of this.#parts.keys()) this.release(file);
    await Promise.all(this.#releasing);
    this.#tell();
  }

  file(file: number, growing: GrowingFile): void {
    this.#parts.set(file, new GrowingPart(growing));
  }

  release(file: number): void {
    const { lane } = this.#tools;
    const part = this.#parts.get(file);
    if (part === undefined) return;
    this.#parts.delete(file);
    const released = part.release().then((outcome) => {
      this.#releasing.delete(released);
      this.#post({ kind: "released", lane, file, outcome });
    });
    this.#releasing.add(released);
    released.catch(rethrow);
  }

  ask(bytes: Uint8Array, chunks: readonly ServedChunk[]): void {
    for (const { id, file, index } of chunks) {
      const part = this.#parts.get(file);
      if (part !== undefined) this.#wants.set(id, { part, index });
    }
    this.#socket?.write(smallFrame("ask", bytes));
  }

  pack(bytes: Uint8Array, wish: PackWish): void {
    this.#packs.add(new PackWant(wish));
    this.#socket?.write(smallFrame("ask", bytes));
  }

  cancel(bytes: Uint8Array): void {
    this.#socket?.write(smallFrame("cancel", bytes));
  }

  room({ kind, id, length }: FrameHead): Uint8Array | null {
    if (kind === "lack")
      return length <= SMALL_FRAME_BYTES ? Buffer.alloc(length) : null;
    if (length > this.#longest(kind, id)) return null;
    this.#room = this.#rooms.take(length);
    return this.#room.subarray(0, length);
  }

  frame({ kind, id }: FrameHead, body: Uint8Array): void {
    if (kind === "lack") {
      this.#lacked(body);
      return;
    }
    const want = this.#wants.get(id);
    const room = this.#room;
    this.#room = null;
    if (room === null) return;
    if (kind === "answers" || want === undefined) {
      const isAsked =
        kind === "answers"
          ? readAnswers(body, (one, bytes) => this.#cameInPack(one, bytes))
          : this.#cameInPack(id, body);
      this.#rooms.giveBack(room);
      if (!isAsked) this.#tools.end("format");
      return;
    }
    this.#wants.delete(id);
    const refused = want.part.prove(want.index, body);
    if (refused === null) this.#write(id, want, room, body);
    else {
      this.#rooms.giveBack(room);
      this.#settle(id, refused);
    }
  }

  broken(): void {
    this.#tools.end("format");
  }

  get #isFull(): boolean {
    return this.#unwrittenBytes > UNWRITTEN_BYTES;
  }

  #write(id: number, want: Want, room: Buffer, body: Uint8Array): void {
    this.#unwrittenBytes += body.byteLength;
    if (this.#isFull) this.#socket?.pause();
    want.part.put(want.index, body).then((outcome) => {
      const wasFull = this.#isFull;
      this.#unwrittenBytes -= body.byteLength;
      if (wasFull && !this.#isFull) this.#socket?.resume();
      this.#rooms.giveBack(room);
      this.#settle(id, outcome);
    }, rethrow);
  }

  /** Bytes that an answer may have at most; -1 when there is nothing to answer. */
  #longest(kind: FrameHead["kind"], id: number): number {
    if (kind === "answers") return this.#packs.size > 0 ? ANSWERS_BYTES : -1;
    if (kind !== "answer") return -1;
    if (this.#packOf(id) !== undefined) return CHUNK_MIN_BYTES;
    return this.#wants.get(id)?.part.chunkSize ?? -1;
  }

  #packOf(id: number): PackWant | undefined {
    for (const pack of this.#packs) if (pack.awaits(id)) return pack;
    return undefined;
  }

  /** Null is a lack. False when nobody asked for it. */
  #cameInPack(id: number, bytes: Uint8Array | null): boolean {
    const pack = this.#packOf(id);
    if (pack === undefined) return false;
    if (bytes === null) pack.lacked(id);
    else pack.came(id, bytes);
    if (pack.isDone) this.#giveBack(pack);
    return true;
  }

  #giveBack(pack: PackWant): void {
    this.#packs.delete(pack);
    const { lane } = this.#tools;
    const { first, result } = pack;
    this.#post({ kind: "pack", lane, first, result });
  }

  #lacked(body: Uint8Array): void {
    try {
      for (const id of decodeIds(Buffer.from(body))) {
        if (this.#cameInPack(id, null)) continue;
        if (!this.#wants.has(id))
          throw new Error("a lack of what nobody asked");
        this.#wants.delete(id);
        this.#settle(id, "lack");
      }
    } catch {
      this.#tools.end("format");
    }
  }

  #settle(id: number, outcome: BulkOutcome): void {
    this.#settled.push([id, outcome]);
    const isIdle = this.#wants.size === 0 && this.#unwrittenBytes === 0;
    if (this.#settled.length >= TELL_COUNT || isIdle) this.#tell();
    else
      this.#telling ??= this.#tools.clock.after(TELL_MS, () => {
        this.#tell();
      });
  }

  #tell(): void {
    this.#telling?.();
    this.#telling = null;
    if (this.#settled.length === 0) return;
    const settled = this.#settled;
    this.#settled = [];
    this.#post({ kind: "settled", lane: this.#tools.lane, settled });
  }
}
