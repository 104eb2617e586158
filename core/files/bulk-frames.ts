import { CHUNK_MAX_BYTES } from "#core/contract/limits.ts";

/*
 * What goes over a bulk lane (FI11): frames of a head and a body. The head has
 * the length of the body (4 bytes), its kind (1) and the id of an ask (4; 0
 * where the body has ids of its own), all big-endian.
 *
 * Small answers need no message that packs them: their frames go one after
 * another into one write, and TLS makes records of what it gets.
 */

export const FRAME_HEAD_BYTES = 9;
/** The longest body besides an answer: 1,024 asks, each with a root of its own. */
export const SMALL_FRAME_BYTES = 64 * 1024;

/** The order is the number on the wire: only ever add at the end. */
export const FRAME_KINDS = ["ask", "cancel", "answer", "lack"] as const;
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
