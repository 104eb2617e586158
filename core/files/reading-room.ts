import { CoreError } from "#core/contract/errors.ts";

/** Room on the disk for what comes while it is read. */
export interface TakenRoom {
  /** Fires when the disk turned out fuller than thought. */
  readonly revoked: AbortSignal;
  /** So many of its bytes lie on the disk by now. */
  written(bytes: number): void;
  release(): void;
}

/** Takes room for so many bytes. @throws `disk-full` when there is none, or the reason of the signal */
export type TakeRoom = (
  bytes: number,
  signal: AbortSignal,
) => Promise<TakenRoom>;

/** Room is taken in steps: who looks at the beginning of a film needs none for the rest. */
export const ROOM_STEP_BYTES = 64 * 1024 * 1024;

/** The room that one reader needs, taken as it goes on; to be let go. */
export class ReadingRoom {
  readonly #take: TakeRoom;
  readonly #taken: TakenRoom[] = [];
  #size = 0;
  #used = 0;
  #isClosed = false;

  constructor(take: TakeRoom) {
    this.#take = take;
  }

  /**
   * Waits for room for the next bytes; `rest` bytes may follow them, at most.
   * @throws `disk-full`, or the reason of the signal
   */
  async need(bytes: number, rest: number, signal: AbortSignal): Promise<void> {
    const last = this.#taken.at(-1);
    if (last?.revoked.aborted === true) throw new CoreError("disk-full", {});
    if (last === undefined || this.#used + bytes > this.#size) {
      const size = bytes + Math.min(ROOM_STEP_BYTES, rest);
      const taken = await this.#take(size, signal);
      if (this.#isClosed) {
        taken.release();
        signal.throwIfAborted();
      }
      last?.written(this.#size);
      this.#taken.push(taken);
      this.#size = size;
      this.#used = 0;
    }
    this.#used += bytes;
    this.#taken.at(-1)?.written(this.#used);
  }

  close(): void {
    this.#isClosed = true;
    for (const taken of this.#taken.splice(0)) taken.release();
  }
}
