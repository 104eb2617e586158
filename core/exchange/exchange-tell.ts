import type { Logger } from "#core/base/logger.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Session } from "#core/spaces/session.ts";
import type { GrowingReader } from "./content-reader.ts";
import type { FilesChannel } from "./exchange-channel.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Naming } from "#core/files/model.ts";
import {
  encodeHeld,
  encodeMapped,
  type Held,
  type HoldsMessage,
  type MapMessage,
} from "./wire.ts";

export interface TellParts {
  readonly session: Session;
  readonly naming: Naming;
  readonly reader: GrowingReader;
  readonly logger: Logger;
}

/** Questions `holds` waiting on one line. */
const HOLDS_WAITING = 8;
/** Roots looked up before other work gets its turn. */
const HOLDS_SLICE = 256;
/** Questions `map` waiting for room on one line. */
const MAPS_WAITING = 64;

/** Tells the other end what is here: only of what a common space names (FI5). */
export class Telling {
  readonly #parts: TellParts;
  readonly #channel: FilesChannel;
  readonly #serial = createSerial();
  readonly #maps: MapMessage[] = [];
  #holdsWaiting = 0;
  #isFull = false;
  #isClosed = false;

  constructor(parts: TellParts, channel: FilesChannel) {
    this.#parts = parts;
    this.#channel = channel;
  }

  /** Answers in slices, one question after another. */
  holds(message: HoldsMessage): void {
    if (++this.#holdsWaiting > HOLDS_WAITING) {
      this.#holdsWaiting--;
      this.#parts.session.fault("files-holds-many");
      return;
    }
    this.#parts.logger.background(
      "files holds",
      this.#serial(() => this.#lookUp(message)),
    );
  }

  /** A map is far longer than its question: none is sent to an end that does not read. */
  map(message: MapMessage): void {
    if (this.#maps.length >= MAPS_WAITING) {
      this.#parts.session.fault("files-maps-many");
      return;
    }
    this.#maps.push(message);
    this.#sendMaps();
  }

  drained(): void {
    this.#isFull = false;
    this.#sendMaps();
  }

  close(): void {
    this.#isClosed = true;
  }

  #sendMaps(): void {
    const { naming, reader, session } = this.#parts;
    while (!this.#isFull && !this.#isClosed) {
      const next = this.#maps.shift();
      if (next === undefined) return;
      const { id, root } = next;
      const isNamed = naming.isNamed(root, session.common.peek());
      const map = (isNamed ? reader.map(root) : null) ?? Buffer.alloc(0);
      this.#isFull = !this.#channel.send("mapped", encodeMapped({ id, map }));
    }
  }

  async #lookUp({ id, roots }: HoldsMessage): Promise<void> {
    const { naming, reader, session } = this.#parts;
    const held: Held[] = [];
    for (const [index, root] of roots.entries()) {
      if (index > 0 && index % HOLDS_SLICE === 0) await breathe();
      if (this.#isClosed) return;
      if (index % HOLDS_SLICE === 0) {
        const slice = roots.slice(index, index + HOLDS_SLICE);
        naming.lookUp?.(slice);
        reader.lookUp?.(slice);
      }
      const isNamed = naming.isNamed(root, session.common.peek());
      held.push(isNamed ? reader.held(root) : "none");
    }
    this.#holdsWaiting--;
    this.#channel.send("held", encodeHeld({ id, held }));
  }
}
