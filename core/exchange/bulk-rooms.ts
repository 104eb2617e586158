/**
 * Memory to read into, used again and again: new memory for each chunk costs
 * as much as reading it. Grows to what is in use at one moment.
 */
export class Rooms {
  readonly #free: Buffer[] = [];

  /** At least so many bytes. */
  take(bytes: number): Buffer {
    const room = this.#free.pop();
    return room !== undefined && room.byteLength >= bytes
      ? room
      : Buffer.allocUnsafeSlow(bytes);
  }

  giveBack(room: Buffer): void {
    this.#free.push(room);
  }
}
