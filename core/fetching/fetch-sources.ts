import type { FileRoot } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import { Lane } from "./fetch-lane.ts";
import type { Naming } from "#core/files/model.ts";
import { HOLDS_ROOTS, type Held } from "#core/exchange/wire.ts";

/** Whoever looks for a root. */
export interface Seeker {
  /** This lane holds the root, or came to hold it again. */
  sourceFound(lane: Lane): void;
  /** A lane turned out not to hold the root, or is gone. */
  sourceLost(lane: Lane): void;
}

export interface SourcesParts {
  readonly exchange: Exchange;
  readonly naming: Naming;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A source that held nothing is asked again after this pause, then after twice as long, and so on. */
const AGAIN_FIRST_MS = 5_000;
const AGAIN_LAST_MS = 60_000;
/** News from one source are acted on at most this often. */
const NEWS_MS = 1_000;
/** Roots looked up in the index before other work gets its turn. */
const SLICE = 512;

interface Inquiry {
  readonly lane: Lane;
  /** Wanted roots to ask this source about. */
  readonly due: Set<FileRoot>;
  isAsking: boolean;
  cancelNews: (() => void) | null;
  hasMoreNews: boolean;
  unsubscribe: () => void;
}

/**
 * Who holds what is wanted. Asks every source, in large batches, about roots
 * that a space in common names (FI5), and again from time to time: a source may
 * come to hold them, or come to know that they are named.
 */
export class Sources {
  readonly #parts: SourcesParts;
  readonly #seekers = new Map<FileRoot, Set<Seeker>>();
  readonly #inquiries = new Map<Remote, Inquiry>();
  readonly #unsubscribe: () => void;
  #againMs = AGAIN_FIRST_MS;
  #cancelAgain: (() => void) | null = null;

  constructor(parts: SourcesParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.exchange.remotes.subscribe(() => {
      this.#match();
    });
    parts.exchange.onNews((remote) => {
      this.#onNews(remote);
    });
    this.#match();
  }

  get lanes(): readonly Lane[] {
    return [...this.#inquiries.values()].map(({ lane }) => lane);
  }

  /** Lanes that said they hold the root, all of it or some. */
  of(root: FileRoot): readonly Lane[] {
    return this.lanes.filter((lane) => isSource(lane.holds(root)));
  }

  /** Whether some source has not said yet if it holds the root. */
  isAsking(root: FileRoot): boolean {
    return this.lanes.some((lane) => lane.holds(root) === undefined);
  }

  /** Starts to look; sources already known are told in this call. */
  seek(root: FileRoot, seeker: Seeker): void {
    const seekers = this.#seekers.get(root);
    if (seekers !== undefined) seekers.add(seeker);
    else {
      this.#seekers.set(root, new Set([seeker]));
      for (const inquiry of this.#inquiries.values()) inquiry.due.add(root);
      this.#askAll();
    }
    for (const { lane } of this.#inquiries.values())
      if (isSource(lane.holds(root))) seeker.sourceFound(lane);
    this.#againMs = AGAIN_FIRST_MS;
    this.#againLater();
  }

  leave(root: FileRoot, seeker: Seeker): void {
    const seekers = this.#seekers.get(root);
    seekers?.delete(seeker);
    if (seekers?.size !== 0) return;
    this.#seekers.delete(root);
    for (const { lane, due } of this.#inquiries.values()) {
      lane.forget(root);
      due.delete(root);
    }
    if (this.#seekers.size === 0) this.#stopAgain();
  }

  /** This lane gave a part of the content that was verified. */
  shown(lane: Lane, root: FileRoot): void {
    // Who holds some of it has shown just that part.
    if (lane.holds(root) === "all")
      this.#parts.exchange.shown(lane.remote.session, root);
  }

  /** This lane turned out not to hold the root. */
  lacks(lane: Lane, root: FileRoot): void {
    if (!isSource(lane.holds(root))) return;
    lane.setHolds(root, "none");
    for (const seeker of this.#seekersOf(root)) seeker.sourceLost(lane);
  }

  close(): void {
    this.#unsubscribe();
    this.#stopAgain();
    for (const inquiry of this.#inquiries.values()) this.#end(inquiry);
    this.#inquiries.clear();
  }

  #seekersOf(root: FileRoot): readonly Seeker[] {
    return [...(this.#seekers.get(root) ?? [])];
  }

  #match(): void {
    const remotes = new Set(this.#parts.exchange.remotes.peek());
    for (const [remote, inquiry] of this.#inquiries) {
      if (remotes.has(remote)) continue;
      this.#inquiries.delete(remote);
      this.#end(inquiry);
    }
    for (const remote of remotes)
      if (!this.#inquiries.has(remote)) this.#begin(remote);
  }

  #begin(remote: Remote): void {
    const { clock, logger } = this.#parts;
    const inquiry: Inquiry = {
      lane: new Lane(remote, clock, logger),
      due: new Set(this.#seekers.keys()),
      isAsking: false,
      cancelNews: null,
      hasMoreNews: false,
      unsubscribe: remote.session.common.subscribe(() => {
        this.#askAgain(inquiry);
      }),
    };
    this.#inquiries.set(remote, inquiry);
    this.#ask(inquiry);
  }

  #end(inquiry: Inquiry): void {
    inquiry.unsubscribe();
    inquiry.cancelNews?.();
    inquiry.lane.close();
    for (const root of this.#seekers.keys())
      if (isSource(inquiry.lane.holds(root)))
        for (const seeker of this.#seekersOf(root))
          seeker.sourceLost(inquiry.lane);
  }

  #onNews(remote: Remote): void {
    const inquiry = this.#inquiries.get(remote);
    if (inquiry === undefined) return;
    if (inquiry.cancelNews !== null) {
      inquiry.hasMoreNews = true;
      return;
    }
    this.#askAgain(inquiry);
    inquiry.cancelNews = this.#parts.clock.after(NEWS_MS, () => {
      inquiry.cancelNews = null;
      if (inquiry.hasMoreNews) this.#askAgain(inquiry);
      inquiry.hasMoreNews = false;
    });
  }

  #askAll(): void {
    for (const inquiry of this.#inquiries.values()) this.#ask(inquiry);
  }

  /** Asks about everything this source is not known to hold in full. */
  #askAgain(inquiry: Inquiry): void {
    for (const root of this.#seekers.keys())
      if (inquiry.lane.holds(root) !== "all") inquiry.due.add(root);
    this.#ask(inquiry);
  }

  #ask(inquiry: Inquiry): void {
    if (inquiry.isAsking || inquiry.due.size === 0) return;
    inquiry.isAsking = true;
    this.#parts.logger.background(
      "files sources",
      this.#askDue(inquiry)
        .finally(() => {
          inquiry.isAsking = false;
        })
        .then(() => {
          // What became due between the last look and now.
          if (!inquiry.lane.isClosed) this.#ask(inquiry);
        }),
    );
  }

  async #askDue({ lane, due }: Inquiry): Promise<void> {
    // What is wanted in one task is asked about in one message.
    await Promise.resolve();
    while (due.size > 0 && !lane.isClosed) {
      const roots = await this.#takeNamed(lane, due);
      if (roots.length === 0) continue;
      const held = await lane.remote.held(roots);
      if (held === null) {
        lane.close(); // The line ended.
        return;
      }
      for (const [index, root] of roots.entries())
        this.#learn(lane, root, held[index] ?? "none");
    }
  }

  async #takeNamed(lane: Lane, due: Set<FileRoot>): Promise<FileRoot[]> {
    const roots: FileRoot[] = [];
    let looked = 0;
    const { naming } = this.#parts;
    for (const root of due) {
      if (looked % SLICE === 0) naming.lookUp?.(firstOf(due, SLICE));
      due.delete(root);
      const common = lane.remote.session.common.peek();
      if (naming.isNamed(root, common)) roots.push(root);
      else this.#learn(lane, root, "none");
      if (roots.length === HOLDS_ROOTS) break;
      if (++looked % SLICE === 0)
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
    }
    return roots;
  }

  #learn(lane: Lane, root: FileRoot, held: Held): void {
    if (!this.#seekers.has(root) || lane.isClosed) return;
    const before = lane.holds(root);
    lane.setHolds(root, held);
    if (isSource(held))
      for (const seeker of this.#seekersOf(root)) seeker.sourceFound(lane);
    else if (before !== held)
      for (const seeker of this.#seekersOf(root)) seeker.sourceLost(lane);
  }

  #againLater(): void {
    if (this.#cancelAgain !== null) return;
    this.#cancelAgain = this.#parts.clock.after(this.#againMs, () => {
      this.#cancelAgain = null;
      if (this.#seekers.size === 0) return;
      this.#againMs = Math.min(this.#againMs * 2, AGAIN_LAST_MS);
      for (const inquiry of this.#inquiries.values()) this.#askAgain(inquiry);
      this.#againLater();
    });
  }

  #stopAgain(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = null;
  }
}

function firstOf(due: ReadonlySet<FileRoot>, count: number): FileRoot[] {
  const some: FileRoot[] = [];
  for (const root of due) {
    if (some.length === count) break;
    some.push(root);
  }
  return some;
}

function isSource(held: Held | undefined): boolean {
  return held === "all" || held === "some";
}
