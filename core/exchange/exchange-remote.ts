import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Session } from "#core/spaces/session.ts";
import type { State } from "#core/base/state.ts";
import type { BulkRemote } from "./bulk-asking.ts";
import type { FilesChannel } from "./exchange-channel.ts";
import {
  encodeAsk,
  encodeHolds,
  encodeIds,
  encodeMap,
  encodeNews,
  HOLDS_ROOTS,
  OPEN_ASKS,
  type Answer,
  type Held,
  type HeldMessage,
  type MappedMessage,
  type Part,
} from "./wire.ts";

/** What became of an ask: the bytes, not there, or the line ended. */
export type Outcome = Buffer | "lack" | "gone";

/** A part wanted of the other end, and what to do with it. */
export interface Ask {
  readonly part: Part;
  readonly isUrgent: boolean;
  /** Called exactly once. The bytes are unverified, and a view into a message: free to keep. */
  settle(outcome: Outcome): void;
}

/** The bulk lane beside a line: the fast way for whole large files (FI11). */
export interface BulkLane {
  /** Null while it does not stand. */
  readonly up: State<BulkRemote | null>;
  /** There is much to fetch: opens it, where one can be. */
  want(): void;
}

/** What the other end of a line can be asked for. */
export interface Remote {
  readonly session: Session;
  /** Left out where no lane can ever be. */
  readonly bulk?: BulkLane | undefined;
  /** Asks that may be made now without breaking the other end's limit. */
  readonly room: number;
  /** Asks for parts, at most `room`, in one message for each urgency. */
  ask(asks: readonly Ask[]): void;
  /** Asks to be spared an answer; it settles all the same, by what was under way or as a lack. */
  cancel(asks: readonly Ask[]): void;
  /** What the other end says it holds, in the order of the roots; null when the line ends first. */
  held(roots: readonly FileRoot[]): Promise<readonly Held[] | null>;
  /** Which chunks the other end has of content it is fetching; null when none, or when the line ends. */
  map(root: FileRoot): Promise<Buffer | null>;
  /** Tells the other end that there is more to hold in these spaces; those not in common are left out. */
  tell(spaces: readonly SpaceId[]): void;
}

interface Question {
  readonly count: number;
  answer(held: readonly Held[] | null): void;
}

/** The asking half of the files channel. */
export class Asking implements Remote {
  readonly session: Session;
  readonly bulk: BulkLane | undefined;
  readonly #channel: FilesChannel;
  readonly #asks = new Map<number, Ask>();
  readonly #questions = new Map<number, Question>();
  readonly #maps = new Map<number, (map: Buffer | null) => void>();
  #nextAsk = 0;
  #nextQuestion = 0;
  #isClosed = false;

  constructor(session: Session, channel: FilesChannel, bulk?: BulkLane) {
    this.session = session;
    this.bulk = bulk;
    this.#channel = channel;
  }

  get room(): number {
    return this.#isClosed ? 0 : OPEN_ASKS - this.#asks.size;
  }

  ask(asks: readonly Ask[]): void {
    for (const isUrgent of [true, false]) {
      const some = asks.filter((ask) => ask.isUrgent === isUrgent);
      if (some.length === 0) continue;
      if (this.#isClosed) {
        for (const ask of some) ask.settle("gone");
        continue;
      }
      const first = this.#nextAsk;
      this.#nextAsk += some.length;
      for (const [index, ask] of some.entries())
        this.#asks.set(first + index, ask);
      const parts = some.map((ask) => ask.part);
      this.#channel.send("ask", encodeAsk({ first, isUrgent, parts }));
    }
  }

  cancel(asks: readonly Ask[]): void {
    const wanted = new Set(asks);
    const ids: number[] = [];
    for (const [id, ask] of this.#asks) if (wanted.has(ask)) ids.push(id);
    if (ids.length > 0) this.#channel.send("cancel", encodeIds(ids));
  }

  async held(roots: readonly FileRoot[]): Promise<readonly Held[] | null> {
    const held: Held[] = [];
    for (let at = 0; at < roots.length; at += HOLDS_ROOTS) {
      const some = await this.#question(roots.slice(at, at + HOLDS_ROOTS));
      if (some === null) return null;
      held.push(...some);
    }
    return held;
  }

  map(root: FileRoot): Promise<Buffer | null> {
    if (this.#isClosed) return Promise.resolve(null);
    const id = this.#nextQuestion++;
    return new Promise((answer) => {
      this.#maps.set(id, answer);
      this.#channel.send("map", encodeMap({ id, root }));
    });
  }

  tell(spaces: readonly SpaceId[]): void {
    const common = this.session.common.peek();
    const told = spaces.filter((space) => common.has(space));
    if (told.length > 0) this.#channel.send("news", encodeNews(told));
  }

  answered(answers: readonly Answer[]): void {
    for (const { id, bytes } of answers) this.#settle(id, bytes);
  }

  lacked(ids: readonly number[]): void {
    for (const id of ids) this.#settle(id, "lack");
  }

  heldAnswered({ id, held }: HeldMessage): void {
    const question = this.#questions.get(id);
    if (question === undefined || question.count !== held.length) {
      this.session.fault("files-held-unasked");
      return;
    }
    this.#questions.delete(id);
    question.answer(held);
  }

  mapped({ id, map }: MappedMessage): void {
    const answer = this.#maps.get(id);
    this.#maps.delete(id);
    if (answer === undefined) this.session.fault("files-map-unasked");
    else answer(map.byteLength === 0 ? null : map);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const asks = [...this.#asks.values()];
    this.#asks.clear();
    for (const ask of asks) ask.settle("gone");
    for (const question of this.#questions.values()) question.answer(null);
    this.#questions.clear();
    for (const answer of this.#maps.values()) answer(null);
    this.#maps.clear();
  }

  #settle(id: number, outcome: Outcome): void {
    const ask = this.#asks.get(id);
    if (ask === undefined) {
      this.session.fault("files-answer-unasked");
      return;
    }
    this.#asks.delete(id);
    ask.settle(outcome);
  }

  #question(roots: readonly FileRoot[]): Promise<readonly Held[] | null> {
    if (this.#isClosed) return Promise.resolve(null);
    const id = this.#nextQuestion++;
    return new Promise((answer) => {
      this.#questions.set(id, { count: roots.length, answer });
      this.#channel.send("holds", encodeHolds({ id, roots }));
    });
  }
}
