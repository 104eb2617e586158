import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { TLSSocket } from "node:tls";
import {
  ANSWER_HEAD_BYTES,
  ANSWERS_BYTES,
  FRAME_HEAD_BYTES,
  FrameReader,
  putAnswerHead,
  putFrameHead,
  SMALL_FRAME_BYTES,
  smallFrame,
  type FrameHead,
  type FrameTaker,
} from "./bulk-frames.ts";
import type { BulkEnd, EndTools } from "./bulk-links.ts";
import type { ServedChunk, ServedFile, ServeNews } from "./bulk-messages.ts";
import { readSmall, type Small } from "./bulk-small.ts";
import { Rooms } from "./bulk-rooms.ts";
import { chunkLength, isChunkOf } from "#core/files/chunks.ts";
import { readWhole, type Lack } from "#core/files/read-whole.ts";
import { encodeIds } from "./wire.ts";

/** So many answers are told of together, or what there is when nothing is left to send. */
const TELL_COUNT = 32;
/** Nothing taken by the other end for this long while there is something for it. */
const STALL_MS = 30_000;

// A link in the place of a file is not followed, a pipe does not block. Windows
// has neither flag; there both are undefined, which counts as 0.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

interface OpenServed {
  readonly served: ServedFile;
  readonly list: Buffer;
  /** Open, or why it is not; undefined before the first chunk. */
  file: number | Lack | undefined;
}

type Task =
  | { readonly kind: "chunk"; readonly id: number; readonly chunk: ServedChunk }
  | {
      readonly kind: "small";
      readonly id: number;
      readonly file: Small["file"];
    }
  | { readonly kind: "bytes"; readonly id: number; readonly bytes: Uint8Array };

/** Answers that are read and verified: room for a head, then the body. */
interface Frame {
  readonly kind: "answer" | "answers";
  readonly ids: readonly number[];
  readonly room: Buffer;
  readonly length: number;
}

/**
 * Serves chunks on one lane, in a thread: reads, proves (FI2, FI3) and sends
 * what the main thread allowed, in order, as fast as the other end takes it.
 */
export class ServeEnd implements BulkEnd, FrameTaker {
  readonly frames = new FrameReader(this);
  readonly #tools: EndTools;
  readonly #post: (news: ServeNews) => void;
  readonly #files = new Map<number, OpenServed>();
  readonly #rooms = new Rooms();
  #queue: Task[] = [];
  #answered: number[] = [];
  #next: Frame | null = null;
  #isWriting = false;
  #socket: TLSSocket | null = null;

  constructor(tools: EndTools, post: (news: ServeNews) => void) {
    this.#tools = tools;
    this.#post = post;
  }

  begin(socket: TLSSocket): void {
    this.#socket = socket;
    socket.setTimeout(STALL_MS, () => {
      if (this.#queue.length > 0 || socket.writableLength > 0)
        this.#tools.end("stalled");
    });
  }

  ended(): Promise<void> {
    this.#socket = null;
    this.#queue = [];
    this.#next = null;
    for (const { file } of this.#files.values())
      if (typeof file === "number") closeSync(file);
    this.#files.clear();
    return Promise.resolve();
  }

  file(file: number, served: ServedFile): void {
    const list = Buffer.from(served.list);
    this.#files.set(file, { served, list, file: undefined });
  }

  /** Chunks of it that are still waiting fail as away. */
  forget(number: number): void {
    const file = this.#files.get(number)?.file;
    if (typeof file === "number") closeSync(file);
    this.#files.delete(number);
  }

  chunks(chunks: readonly ServedChunk[]): void {
    for (const chunk of chunks)
      this.#queue.push({ kind: "chunk", id: chunk.id, chunk });
    this.#pump();
  }

  small(files: string): void {
    for (const { id, file } of readSmall(files))
      this.#queue.push({ kind: "small", id, file });
    this.#pump();
  }

  bytes(id: number, bytes: Uint8Array): void {
    this.#queue.push({ kind: "bytes", id, bytes });
    this.#pump();
  }

  lack(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#socket?.write(smallFrame("lack", encodeIds(ids)));
    this.#post({ kind: "lacked", lane: this.#tools.lane, ids });
  }

  /** What is not sent yet becomes a lack. */
  cancel(ids: readonly number[]): void {
    const spared = new Set(ids);
    const lacking: number[] = [];
    this.#queue = this.#queue.filter(({ id }) => {
      if (!spared.has(id)) return true;
      lacking.push(id);
      return false;
    });
    this.lack(lacking);
  }

  room({ kind, length }: FrameHead): Uint8Array | null {
    const isAsk = kind === "ask" || kind === "cancel";
    return isAsk && length <= SMALL_FRAME_BYTES ? Buffer.alloc(length) : null;
  }

  frame({ kind }: FrameHead, bytes: Uint8Array): void {
    const { lane } = this.#tools;
    this.#post({ kind: kind === "ask" ? "asked" : "spared", lane, bytes });
  }

  broken(): void {
    this.#tools.end("format");
  }

  /**
   * One frame is with the link and the next is read meanwhile. More would not be
   * faster: what waits with the link is copied into one piece first.
   */
  #pump(): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#next ??= this.#prepare();
    while (this.#next !== null && !this.#isWriting) {
      this.#write(socket, this.#next);
      this.#next = this.#prepare();
    }
    this.#tell();
  }

  /** The next frame; null when there is none. */
  #prepare(): Frame | null {
    for (;;) {
      const [task] = this.#queue;
      if (task === undefined) return null;
      if (task.kind !== "small") this.#queue.shift();
      const frame =
        task.kind === "small"
          ? this.#readMany()
          : task.kind === "bytes"
            ? this.#pack(task.id, task.bytes)
            : this.#read(task.chunk);
      if (frame !== null) return frame;
    }
  }

  /** Small ones up to the next large one, as many as one frame takes. */
  #readMany(): Frame | null {
    const room = this.#rooms.take(FRAME_HEAD_BYTES + ANSWERS_BYTES);
    const ids: number[] = [];
    let length = 0;
    let count = 0;
    for (const task of this.#queue) {
      if (task.kind !== "small") break;
      const { id, file } = task;
      const start = FRAME_HEAD_BYTES + length + ANSWER_HEAD_BYTES;
      const end = start + file.size;
      if (end > FRAME_HEAD_BYTES + ANSWERS_BYTES) break;
      count++;
      if (readWhole(file, room.subarray(start, end)) !== null) {
        this.#post({ kind: "small-failed", lane: this.#tools.lane, id });
        continue;
      }
      putAnswerHead(room, start - ANSWER_HEAD_BYTES, id, file.size);
      ids.push(id);
      length = end - FRAME_HEAD_BYTES;
    }
    this.#queue.splice(0, count);
    if (ids.length > 0) return { kind: "answers", ids, room, length };
    this.#rooms.giveBack(room);
    return null;
  }

  #tell(): void {
    const isDone =
      this.#next === null && this.#queue.length === 0 && !this.#isWriting;
    if (this.#answered.length < (isDone ? 1 : TELL_COUNT)) return;
    const ids = this.#answered;
    this.#answered = [];
    this.#post({ kind: "answered", lane: this.#tools.lane, ids });
  }

  #pack(id: number, bytes: Uint8Array): Frame {
    const room = this.#rooms.take(FRAME_HEAD_BYTES + bytes.byteLength);
    room.set(bytes, FRAME_HEAD_BYTES);
    return { kind: "answer", ids: [id], room, length: bytes.byteLength };
  }

  #read(chunk: ServedChunk): Frame | null {
    const { id, file, index } = chunk;
    const open = this.#files.get(file);
    const length =
      open === undefined ? 0 : chunkLength(open.served.size, index);
    const room = this.#rooms.take(FRAME_HEAD_BYTES + length);
    const body = room.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length);
    const lack = open === undefined ? "away" : readChunk(open, index, body);
    if (lack === null) return { kind: "answer", ids: [id], room, length };
    this.#rooms.giveBack(room);
    this.#post({ kind: "failed", lane: this.#tools.lane, chunk, lack });
    return null;
  }

  /** One write for head and body: the link would copy two into one. */
  #write(socket: TLSSocket, { kind, ids, room, length }: Frame): void {
    const [first = 0] = ids;
    putFrameHead(room, { kind, id: kind === "answer" ? first : 0, length });
    this.#isWriting = true;
    socket.write(room.subarray(0, FRAME_HEAD_BYTES + length), (error) => {
      this.#isWriting = false;
      // What never left was not given (FI14).
      if (error === null || error === undefined) this.#answered.push(...ids);
      this.#rooms.giveBack(room);
      this.#pump();
    });
  }
}

/** Reads a chunk of a file that still is what it was; null when it is there and verified. */
function readChunk(open: OpenServed, index: number, body: Buffer): Lack | null {
  open.file ??= openFresh(open.served);
  const { file, list, served } = open;
  if (typeof file === "string") return file;
  try {
    for (let at = 0; at < body.byteLength;) {
      const from = index * served.chunkSize + at;
      const read = readSync(file, body, at, body.byteLength - at, from);
      if (read === 0) return "changed";
      at += read;
    }
  } catch {
    // A failing disk, a drive that is unplugged this moment.
    return "away";
  }
  return isChunkOf(body, list, index) ? null : "changed";
}

/** Opens the file if it still looks as it did when it was verified (FI3). */
function openFresh({ path, size, mtimeMs }: ServedFile): number | Lack {
  let file;
  try {
    file = openSync(path, FLAGS);
  } catch {
    return "away";
  }
  try {
    const seen = fstatSync(file);
    if (seen.isFile() && seen.size === size && seen.mtimeMs === mtimeMs)
      return file;
  } catch {
    closeSync(file);
    return "away";
  }
  closeSync(file);
  return "changed";
}
