import c from "compact-encoding";

/** A message that breaks its format or a limit: it ends its line (HO1). */
export class WireError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "WireError";
  }
}

/**
 * Reads one message from another machine. Every read checks the bounds first
 * and throws `WireError`; nothing is allocated by a length the message claims.
 */
export class WireReader {
  readonly #buffer: Buffer;
  readonly #state: { start: number; end: number; buffer: Uint8Array | null };

  /** @throws WireError when the message is longer than `limitBytes` */
  constructor(buffer: Buffer, limitBytes: number) {
    this.#buffer = buffer;
    this.#state = { start: 0, end: buffer.byteLength, buffer };
    this.limit(limitBytes);
  }

  get hasMore(): boolean {
    return this.#state.start < this.#state.end;
  }

  /** Holds the whole message to a limit that became known while reading. */
  limit(bytes: number): void {
    if (this.#buffer.byteLength > bytes) this.fail("message too long");
  }

  /** A whole number from 0 to `max`. */
  uint(max: number): number {
    const value = this.#number();
    if (!Number.isSafeInteger(value) || value > max)
      this.fail("number out of range");
    return value;
  }

  /** A view of the next `length` bytes. */
  bytes(length: number): Buffer {
    const { start, end } = this.#state;
    if (length > end - start) this.fail("message too short");
    this.#state.start += length;
    return this.#buffer.subarray(start, start + length);
  }

  /** A view of all that is left. */
  rest(): Buffer {
    return this.bytes(this.#state.end - this.#state.start);
  }

  fail(problem: string): never {
    throw new WireError(problem);
  }

  #number(): number {
    try {
      return c.uint.decode(this.#state);
    } catch {
      return this.fail("message too short");
    }
  }
}
