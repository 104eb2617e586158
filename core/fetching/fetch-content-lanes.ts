import type { FileRoot } from "#core/contract/ids.ts";
import type { Lane, Work } from "./fetch-lane.ts";
import type { Sources } from "./fetch-sources.ts";

export interface ContentLanesParts {
  readonly root: FileRoot;
  readonly sources: Sources;
  /** What to offer a lane now. */
  readonly works: () => readonly Work[];
}

/** The lanes that one content can come from, without those that gave what does not belong to it. */
export class ContentLanes {
  readonly #parts: ContentLanesParts;
  readonly #banned = new WeakSet<Lane>();

  constructor(parts: ContentLanesParts) {
    this.#parts = parts;
  }

  get all(): readonly Lane[] {
    const { sources, root } = this.#parts;
    return sources.of(root).filter((lane) => !this.isBanned(lane));
  }

  /** Those with nothing to do. */
  get idle(): readonly Lane[] {
    return this.all.filter((lane) => lane.isIdle && !lane.isStalled);
  }

  isBanned(lane: Lane): boolean {
    return this.#banned.has(lane);
  }

  /** Asks this lane for nothing more; `rule`: the one it broke, if it must be the lane. */
  ban(lane: Lane, rule: string | null): void {
    this.#banned.add(lane);
    this.#withdraw(lane);
    if (rule !== null) lane.remote.session.fault(rule);
  }

  /** A chunk of this lane is verified. */
  shown(lane: Lane): void {
    this.#parts.sources.shown(lane, this.#parts.root);
  }

  /** The lane turned out not to hold the content. */
  lacks(lane: Lane): void {
    this.#withdraw(lane);
    this.#parts.sources.lacks(lane, this.#parts.root);
  }

  offer(): void {
    for (const lane of this.all) this.offerTo(lane);
  }

  offerTo(lane: Lane): void {
    for (const work of this.#parts.works()) lane.offer(work);
  }

  /** Takes everything back that was offered. */
  withdraw(): void {
    for (const lane of this.#parts.sources.lanes) this.#withdraw(lane);
  }

  #withdraw(lane: Lane): void {
    for (const work of this.#parts.works()) lane.withdraw(work);
  }
}
