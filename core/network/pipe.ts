import { Duplex } from "node:stream";

/**
 * Two ends of a connection inside the process that behave like two sockets:
 * bytes and closings arrive in a later turn, never inside the call that sends
 * them (the encrypted stream does not bear that), and what was sent before a
 * close still arrives.
 */
export function createPipe(): readonly [Duplex, Duplex] {
  const near = new PipeEnd();
  const far = new PipeEnd();
  near.connect(far);
  far.connect(near);
  return [near, far];
}

class PipeEnd extends Duplex {
  #other: PipeEnd | null = null;
  /** The other end's write, waiting until we read. */
  #held: (() => void) | null = null;

  constructor() {
    super({ allowHalfOpen: false });
  }

  connect(other: PipeEnd): void {
    this.#other = other;
  }

  #tell(news: (other: PipeEnd) => void): void {
    setImmediate(() => {
      if (this.#other !== null) news(this.#other);
    });
  }

  #take(pieces: readonly Buffer[], done: () => void): void {
    if (this.destroyed) {
      done();
      return;
    }
    let wantsMore = true;
    for (const piece of pieces) wantsMore = this.push(piece);
    if (wantsMore) done();
    else this.#held = done;
  }

  #hangUp(): void {
    // An end that does not read would never hear of it.
    if (this.readableFlowing !== true) this.destroy();
    if (this.destroyed) return;
    this.on("end", () => this.destroy());
    this.push(null);
  }

  #release(): void {
    const done = this.#held;
    this.#held = null;
    done?.();
  }

  override _read(): void {
    this.#release();
  }

  override _write(piece: Buffer, _: BufferEncoding, done: () => void): void {
    this.#tell((other) => {
      other.#take([piece], done);
    });
  }

  override _writev(
    pieces: readonly { readonly chunk: Buffer }[],
    done: () => void,
  ): void {
    const chunks = pieces.map(({ chunk }) => chunk);
    this.#tell((other) => {
      other.#take(chunks, done);
    });
  }

  override _final(done: () => void): void {
    this.#tell((other) => {
      if (!other.destroyed) other.push(null);
      done();
    });
  }

  override _destroy(
    error: Error | null,
    done: (error: Error | null) => void,
  ): void {
    this.#release();
    this.#tell((other) => {
      other.#hangUp();
    });
    done(error);
  }
}
