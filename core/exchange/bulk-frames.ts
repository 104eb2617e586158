import { CHUNK_MAX_BYTES } from "#core/contract/limits.ts";

/*
 * What goes over a bulk lane (FI11): frames of a head and a body. The head has
 * the length of the body (4 bytes), its kind (1) and the id of an ask (4; 0
 * where the body has ids of its own), all big-endian.
 *
 * Small answers go together in one frame of answers: each with its id (4 bytes)
 * and its length (4), then its bytes.
 */

export const FRAME_HEAD_BYTES = 9;
/** The longest body besides an answer: 1,024 asks, each with a root of its own. */
export const SMALL_FRAME_BYTES = 64 * 1024;

/** The longest body of small answers: room for one of the largest chunks that are not split, and more. */
export const ANSWERS_BYTES = 320 * 1024;
/** What goes before each small answer in such a body. */
export const ANSWER_HEAD_BYTES = 8;

/** The order is the number on the wire: only ever add at the end. */
export const FRAME_KINDS = [
  "ask",
  "cancel",
  "answer",
  "lack",
  "answers",
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface FrameHead {
  readonly kind: FrameKind;
  readonly id: number;
  readonly length: number;
}

/** Writes a head at the start of `frame`; its body follows. */
export function putFrameHead(frame: Buffer, head: FrameHead): void {
  frame.writeUInt32BE(head.length, 0);
  frame.writeUInt8(FRAME_KINDS.indexOf(head.kind), 4);
  frame.writeUInt32BE(head.id, 5);
}

/** A frame with a small body. */
export function smallFrame(kind: FrameKind, body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEAD_BYTES + body.byteLength);
  putFrameHead(frame, { kind, id: 0, length: body.byteLength });
  frame.set(body, FRAME_HEAD_BYTES);
  return frame;
}

/** Writes the head of a small answer at `at`; its bytes follow. */
export function putAnswerHead(
  body: Buffer,
  at: number,
  id: number,
  length: number,
): void {
  body.writeUInt32BE(id, at);
  body.writeUInt32BE(length, at + 4);
}

/** Each small answer of a body; false when the body is none. */
export function readAnswers(
  bytes: Uint8Array,
  take: (id: number, bytes: Uint8Array) => boolean,
): boolean {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < body.byteLength;) {
    const start = at + ANSWER_HEAD_BYTES;
    if (start > body.byteLength) return false;
    const id = body.readUInt32BE(at);
    const end = start + body.readUInt32BE(at + 4);
    if (end > body.byteLength || !take(id, body.subarray(start, end)))
      return false;
    at = end;
  }
  return true;
}

/** What is done with frames as they come. */
export interface FrameTaker {
  /** Where the body is to go, just as long as the head says; null for a frame that breaks the rules. */
  room(head: FrameHead): Uint8Array | null;
  /** The body is complete, in the room given for it. */
  frame(head: FrameHead, body: Uint8Array): void;
  /** A frame broke the rules; nothing is read any more. */
  broken(): void;
}

/**
 * Puts a stream of bytes into frames. No memory follows from what a head says
 * before `room` agreed to it (HO1).
 */
export class FrameReader {
  readonly #taker: FrameTaker;
  readonly #headBytes = Buffer.alloc(FRAME_HEAD_BYTES);
  #head: FrameHead | null = null;
  #target: Uint8Array = this.#headBytes;
  #at = 0;
  #isBroken = false;

  constructor(taker: FrameTaker) {
    this.#taker = taker;
  }

  /** Where the next bytes go. */
  buffer(): Uint8Array {
    return this.#isBroken ? this.#headBytes : this.#target.subarray(this.#at);
  }

  /** So many bytes came into `buffer()`. */
  came(count: number): void {
    if (this.#isBroken) return;
    this.#at += count;
    if (this.#at < this.#target.byteLength) return;
    if (this.#head === null) this.#headCame();
    else this.#bodyCame(this.#head);
  }

  /** Takes bytes that lie elsewhere. */
  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength && !this.#isBroken;) {
      const piece = bytes.subarray(at, at + this.buffer().byteLength);
      this.buffer().set(piece);
      at += piece.byteLength;
      this.came(piece.byteLength);
    }
  }

  #headCame(): void {
    const head = readHead(this.#headBytes);
    const room = head === null ? null : this.#taker.room(head);
    if (head === null || room?.byteLength !== head.length) {
      this.#isBroken = true;
      this.#taker.broken();
      return;
    }
    this.#at = 0;
    this.#head = head;
    this.#target = room;
    if (head.length === 0) this.#bodyCame(head);
  }

  #bodyCame(head: FrameHead): void {
    const body = this.#target;
    this.#head = null;
    this.#target = this.#headBytes;
    this.#at = 0;
    this.#taker.frame(head, body);
  }
}

function readHead(bytes: Buffer): FrameHead | null {
  const length = bytes.readUInt32BE(0);
  const kind = FRAME_KINDS[bytes.readUInt8(4)];
  if (kind === undefined || length > CHUNK_MAX_BYTES) return null;
  return { kind, id: bytes.readUInt32BE(5), length };
}
