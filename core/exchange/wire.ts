import { parse } from "valibot";
import z32 from "z32";
import {
  spaceIdSchema,
  type FileRoot,
  type SpaceId,
} from "#core/contract/ids.ts";
import {
  CHUNK_MAX_BYTES,
  CHUNK_MESSAGE_BYTES,
  CHUNKS_PER_FILE,
  MESSAGE_BYTES,
  TAGS_PER_LINE,
} from "#core/contract/limits.ts";
import { HASH_BYTES, rootBytes, rootFromBytes } from "#core/files/chunks.ts";
import { WireReader } from "./wire-reader.ts";
import { write } from "./wire-write.ts";

/** The channel's name on a line; a change that older versions cannot read takes the next number. */
export const FILES_PROTOCOL = "commonplace/files@1";
/** Parts asked for and not yet answered on one line, in each direction. */
export const OPEN_ASKS = 1024;
/** Roots in one `holds` question. */
export const HOLDS_ROOTS = 4096;
/** Hashes in one page of a list: half a message, so that head and page always fit one (LI). */
export const PAGE_HASHES = 16_384;

/** One thing to ask for: a page of a list of hashes, or a chunk (FI2). */
export interface Part {
  readonly kind: "page" | "chunk";
  readonly root: FileRoot;
  readonly index: number;
}

/** Asks for parts; the first has the id `first`, the next one more, and so on. */
export interface AskMessage {
  readonly first: number;
  /** Goes before everything else asked for on this line. */
  readonly isUrgent: boolean;
  readonly parts: readonly Part[];
}

export interface Answer {
  readonly id: number;
  readonly bytes: Buffer;
}

/** How much of a content the other end holds. */
export type Held = "none" | "all" | "some";

export interface HoldsMessage {
  readonly id: number;
  readonly roots: readonly FileRoot[];
}

export interface HeldMessage {
  readonly id: number;
  /** In the order of the roots asked about. */
  readonly held: readonly Held[];
}

const KINDS = ["page", "chunk"] as const;
const HELD = ["none", "all", "some"] as const;
/** The most that one group of an ask takes: root, kind, index, count. */
const GROUP_BYTES = HASH_BYTES + 1 + 3 + 3;
const ID_MAX = Number.MAX_SAFE_INTEGER - OPEN_ASKS;

/** Parts with one root and following indexes share a group. */
export function encodeAsk(message: AskMessage): Buffer {
  const groups: { part: Part; count: number }[] = [];
  for (const part of message.parts) {
    const last = groups.at(-1);
    const isNext =
      last !== undefined &&
      last.part.root === part.root &&
      last.part.kind === part.kind &&
      last.part.index + last.count === part.index;
    if (isNext) last.count++;
    else groups.push({ part, count: 1 });
  }
  return write((put) => {
    put.uint(message.first);
    put.uint(message.isUrgent ? 1 : 0);
    for (const { part, count } of groups) {
      put.bytes(rootBytes(part.root));
      put.uint(KINDS.indexOf(part.kind));
      put.uint(part.index);
      put.uint(count);
    }
  });
}

/** As `encodeAsk`, for the only chunk of each of these roots, 32 bytes each. */
export function encodePack(first: number, roots: Uint8Array): Buffer {
  return write((put) => {
    put.uint(first);
    put.uint(0);
    for (let at = 0; at < roots.byteLength; at += HASH_BYTES) {
      put.bytes(roots.subarray(at, at + HASH_BYTES));
      put.uint(KINDS.indexOf("chunk"));
      put.uint(0);
      put.uint(1);
    }
  });
}

export function decodeAsk(bytes: Buffer): AskMessage {
  const reader = new WireReader(bytes, OPEN_ASKS * GROUP_BYTES + 10);
  const first = reader.uint(ID_MAX);
  const isUrgent = reader.uint(1) === 1;
  const parts: Part[] = [];
  while (reader.hasMore) {
    const root = rootFromBytes(reader.bytes(HASH_BYTES));
    const kind = KINDS[reader.uint(1)] ?? "page";
    const index = reader.uint(CHUNKS_PER_FILE - 1);
    const count = reader.uint(OPEN_ASKS - parts.length);
    if (count === 0) reader.fail("empty group");
    for (let i = 0; i < count; i++)
      parts.push({ kind, root, index: index + i });
  }
  return { first, isUrgent, parts };
}

/** Bytes that one answer adds to a message besides its own. */
export const ANSWER_HEAD_BYTES = 14;

/** Answers for one message. Together at most a message, or a single chunk (LI). */
export function encodeAnswers(answers: readonly Answer[]): Buffer {
  return write((put) => {
    for (const { id, bytes } of answers) {
      put.uint(id);
      put.uint(bytes.byteLength);
      put.bytes(bytes);
    }
  });
}

/** What goes before the bytes of an answer that has a message to itself. */
export function encodeAnswerHead({ id, bytes }: Answer): Buffer {
  return write((put) => {
    put.uint(id);
    put.uint(bytes.byteLength);
  });
}

/** The bytes of each answer are views into the message. */
export function decodeAnswers(bytes: Buffer): readonly Answer[] {
  const reader = new WireReader(bytes, CHUNK_MESSAGE_BYTES);
  const answers: Answer[] = [];
  while (reader.hasMore) {
    const id = reader.uint(Number.MAX_SAFE_INTEGER);
    answers.push({ id, bytes: reader.bytes(reader.uint(CHUNK_MAX_BYTES)) });
    if (answers.length > 1) reader.limit(MESSAGE_BYTES);
    if (answers.length > OPEN_ASKS) reader.fail("too many answers");
  }
  return answers;
}

/** Ids alone: what a `lack` and a `cancel` consist of. */
export function encodeIds(ids: readonly number[]): Buffer {
  return write((put) => {
    for (const id of ids) put.uint(id);
  });
}

export function decodeIds(bytes: Buffer): readonly number[] {
  const reader = new WireReader(bytes, OPEN_ASKS * 9);
  const ids: number[] = [];
  while (reader.hasMore) {
    ids.push(reader.uint(Number.MAX_SAFE_INTEGER));
    if (ids.length > OPEN_ASKS) reader.fail("too many ids");
  }
  return ids;
}

export function encodeHolds({ id, roots }: HoldsMessage): Buffer {
  return write((put) => {
    put.uint(id);
    for (const root of roots) put.bytes(rootBytes(root));
  });
}

export function decodeHolds(bytes: Buffer): HoldsMessage {
  const reader = new WireReader(bytes, HOLDS_ROOTS * HASH_BYTES + 9);
  const id = reader.uint(Number.MAX_SAFE_INTEGER);
  const roots: FileRoot[] = [];
  while (reader.hasMore) roots.push(rootFromBytes(reader.bytes(HASH_BYTES)));
  return { id, roots };
}

export function encodeHeld({ id, held }: HeldMessage): Buffer {
  return write((put) => {
    put.uint(id);
    for (const it of held) put.uint(HELD.indexOf(it));
  });
}

export function decodeHeld(bytes: Buffer): HeldMessage {
  const reader = new WireReader(bytes, HOLDS_ROOTS + 9);
  const id = reader.uint(Number.MAX_SAFE_INTEGER);
  const held: Held[] = [];
  while (reader.hasMore) held.push(HELD[reader.uint(2)] ?? "none");
  return { id, held };
}

export interface MapMessage {
  readonly id: number;
  readonly root: FileRoot;
}

export interface MappedMessage {
  readonly id: number;
  /** A bit for each chunk, the first in the lowest bit of the first byte; empty when not held. */
  readonly map: Buffer;
}

export function encodeMap({ id, root }: MapMessage): Buffer {
  return write((put) => {
    put.uint(id);
    put.bytes(rootBytes(root));
  });
}

export function decodeMap(bytes: Buffer): MapMessage {
  const reader = new WireReader(bytes, HASH_BYTES + 9);
  const id = reader.uint(Number.MAX_SAFE_INTEGER);
  const root = rootFromBytes(reader.bytes(HASH_BYTES));
  if (reader.hasMore) reader.fail("more than one root");
  return { id, root };
}

export function encodeMapped({ id, map }: MappedMessage): Buffer {
  return write((put) => {
    put.uint(id);
    put.bytes(map);
  });
}

/** The map is a copy: it outlives its message. */
export function decodeMapped(bytes: Buffer): MappedMessage {
  const reader = new WireReader(bytes, CHUNKS_PER_FILE / 8 + 9);
  const id = reader.uint(Number.MAX_SAFE_INTEGER);
  return { id, map: Buffer.from(reader.rest()) };
}

/** Spaces in which the sender came to hold more than before. */
export function encodeNews(spaces: readonly SpaceId[]): Buffer {
  return write((put) => {
    for (const space of spaces)
      put.bytes(z32.decode(space).subarray(0, HASH_BYTES));
  });
}

export function decodeNews(bytes: Buffer): readonly SpaceId[] {
  const reader = new WireReader(bytes, TAGS_PER_LINE * HASH_BYTES);
  const spaces: SpaceId[] = [];
  while (reader.hasMore)
    spaces.push(parse(spaceIdSchema, z32.encode(reader.bytes(HASH_BYTES))));
  return spaces;
}
