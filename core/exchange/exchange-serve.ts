import type { FileRoot } from "#core/contract/ids.ts";
import { CHUNK_MAX_BYTES, CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import { HASH_BYTES } from "#core/files/chunks.ts";
import type { FilesChannel } from "./exchange-channel.ts";
import { breathe } from "#core/base/breathe.ts";
import { lookUpAsked, type ServeParts } from "./serve-parts.ts";
import { ServeQueue, type Asked } from "./serve-queue.ts";
import { ServeTurn } from "./serve-turn.ts";
import {
  ANSWER_HEAD_BYTES,
  encodeAnswerHead,
  encodeAnswers,
  encodeIds,
  OPEN_ASKS,
  PAGE_HASHES,
  type Answer,
  type AskMessage,
  type Part,
} from "./wire.ts";

/** Answers smaller than this share a message. */
const PACK_BYTES = 256 * 1024;
/**
 * Read and not yet handed to the line. Little, so that logs never wait long
 * behind chunks, and little is lost with a line that is cut (FI8).
 */
const AHEAD_BYTES = 2 * 1024 * 1024;
/** Reads at one moment on one line. */
const READS = 16;

/** What was read for one ask. */
interface Ready extends Answer {
  readonly part: Part;
  /** Whether the bytes are one of the rooms, to be read into again once they are sent. */
  readonly isRoom: boolean;
}

/**
 * The answering half of the files channel: takes asks, reads, and sends as the
 * line has room. Each ask gets exactly one answer or one lack, a cancelled one
 * too; why something is lacking is never said.
 */
export class Serving {
  readonly #parts: ServeParts;
  readonly #channel: FilesChannel;
  readonly #queue: ServeQueue;
  readonly #turn: ServeTurn;
  /** Asked and neither answered nor lacked: waiting, being read, or read. */
  readonly #open = new Set<number>();
  readonly #cancelled = new Set<number>();
  #ready: Ready[] = [];
  /** Memory to read into: new memory for each chunk costs as much as reading it. */
  #rooms: Buffer[] = [];
  #readyBytes = 0;
  #lacking: number[] = [];
  #reading = 0;
  /** Bytes the next read is thought to bring: what the last one did. */
  #readSize = CHUNK_MIN_BYTES;
  #isFull = false;
  #isFlushing = false;
  #isClosed = false;

  constructor(parts: ServeParts, channel: FilesChannel) {
    this.#parts = parts;
    this.#channel = channel;
    this.#queue = new ServeQueue(parts.counts);
    this.#turn = new ServeTurn(parts.reader, this.#queue, {
      readNext: () => this.#readNext(),
      again: () => {
        this.#fill();
      },
    });
  }

  ask({ first, isUrgent, parts }: AskMessage): void {
    const { session } = this.#parts;
    if (this.#open.size + parts.length > OPEN_ASKS) {
      session.fault("files-asks-many");
      return;
    }
    const spaces = session.common.peek();
    lookUpAsked(this.#parts, parts);
    let seen: FileRoot | null = null;
    let isNamed = false;
    for (const [index, part] of parts.entries()) {
      const id = first + index;
      if (this.#open.has(id)) {
        session.fault("files-ask-twice");
        continue;
      }
      this.#open.add(id);
      if (part.root !== seen) {
        // FI5: what no common space names is not there for this line.
        isNamed = this.#parts.naming.isNamed(part.root, spaces);
        seen = part.root;
      }
      if (!isNamed) this.#lacking.push(id);
      else this.#queue.add({ id, isUrgent, part });
    }
    this.#advance();
  }

  cancel(ids: readonly number[]): void {
    const spared = new Set(ids);
    for (const id of this.#queue.spare(spared)) {
      spared.delete(id);
      this.#lacking.push(id);
    }
    // What is being read, or was, becomes a lack when its turn comes.
    for (const id of spared) if (this.#open.has(id)) this.#cancelled.add(id);
    this.#advance();
  }

  drained(): void {
    this.#isFull = false;
    this.#advance();
  }

  close(): void {
    this.#isClosed = true;
    this.#turn.close();
    this.#queue.clear();
    this.#ready = [];
    this.#rooms = [];
    this.#open.clear();
  }

  /** Sends what can be sent, then reads on. */
  #advance(): void {
    if (this.#isClosed) return;
    if (this.#readyBytes >= PACK_BYTES) this.#send();
    this.#fill();
    if (this.#isFlushing || this.#ready.length + this.#lacking.length === 0)
      return;
    // Small answers wait for the end of this turn, so that they go together.
    this.#isFlushing = true;
    this.#parts.logger.background(
      "files serve",
      breathe().then(() => {
        this.#isFlushing = false;
        if (this.#isClosed) return;
        this.#send();
        this.#fill();
      }),
    );
  }

  #fill(): void {
    while (this.#reading < READS && !this.#queue.isEmpty && this.#hasRoom())
      if (this.#queue.isPageNext) this.#readNext();
      else if (!this.#turn.enter()) return;
  }

  #readNext(): boolean {
    const next = this.#queue.take();
    if (next === undefined) return false;
    this.#parts.logger.background("files serve", this.#read(next));
    return true;
  }

  #hasRoom(): boolean {
    const ahead = this.#readyBytes + this.#reading * this.#readSize;
    return ahead === 0 || ahead + this.#readSize <= AHEAD_BYTES;
  }

  async #read({ id, isUrgent, part }: Asked): Promise<void> {
    this.#reading++;
    const room = this.#rooms.pop() ?? Buffer.allocUnsafeSlow(CHUNK_MIN_BYTES);
    const bytes = await this.#bytesOf(part, room).catch((error: unknown) => {
      this.#parts.logger.bug(error, "files serve");
      return null;
    });
    this.#reading--;
    if (this.#isClosed) return;
    const isSent = bytes !== null && !this.#cancelled.delete(id);
    if (bytes !== room || !isSent) this.#rooms.push(room);
    if (!isSent) this.#lacking.push(id);
    else {
      const isRoom = bytes === room;
      this.#readSize = Math.max(bytes.byteLength, 1);
      if (isUrgent) this.#ready.unshift({ id, part, bytes, isRoom });
      else this.#ready.push({ id, part, bytes, isRoom });
      this.#readyBytes += bytes.byteLength;
    }
    this.#advance();
  }

  async #bytesOf(
    { kind, root, index }: Part,
    room: Buffer,
  ): Promise<Buffer | null> {
    const { reader } = this.#parts;
    if (kind === "chunk") {
      const bytes = await reader.chunk(root, index, room);
      return bytes !== null && bytes.byteLength <= CHUNK_MAX_BYTES
        ? bytes
        : null;
    }
    const list = await reader.list(root);
    const page = list?.subarray(
      index * PAGE_HASHES * HASH_BYTES,
      (index + 1) * PAGE_HASHES * HASH_BYTES,
    );
    return page === undefined || page.byteLength === 0 ? null : page;
  }

  #send(): void {
    while (!this.#isFull && this.#ready.length > 0) {
      const [first, ...others] = this.#takePack();
      if (first === undefined) continue;
      this.#isFull = !(others.length === 0
        ? this.#channel.send("answer", first.bytes, encodeAnswerHead(first))
        : this.#channel.send("answer", encodeAnswers([first, ...others])));
      // Sending has copied them into the line's own memory.
      this.#reuse([first, ...others]);
    }
    if (this.#lacking.length === 0) return;
    for (const id of this.#lacking) this.#close(id);
    this.#channel.send("lack", encodeIds(this.#lacking));
    this.#lacking = [];
  }

  /** One large answer, or small ones up to a pack; cancelled ones are lacking instead. */
  #takePack(): readonly Ready[] {
    let bytes = 0;
    let count = 0;
    for (const answer of this.#ready) {
      bytes += answer.bytes.byteLength + ANSWER_HEAD_BYTES;
      if (count > 0 && bytes > PACK_BYTES) break;
      count++;
    }
    const taken = this.#ready.splice(0, count);
    const answers: Ready[] = [];
    for (const answer of taken) {
      this.#readyBytes -= answer.bytes.byteLength;
      if (this.#cancelled.has(answer.id)) {
        this.#lacking.push(answer.id);
        this.#reuse([answer]);
      } else answers.push(answer);
    }
    for (const { id, part } of answers) {
      this.#close(id);
      this.#parts.onGave?.(part);
    }
    return answers;
  }

  #reuse(answers: readonly Ready[]): void {
    for (const { bytes, isRoom } of answers)
      if (isRoom) this.#rooms.push(bytes);
  }

  #close(id: number): void {
    this.#open.delete(id);
    this.#cancelled.delete(id);
  }
}
