import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import { HOLDS_ROOTS } from "#core/exchange/wire.ts";
import type { Book } from "./book.ts";
import type { Claims } from "./claims.ts";
import type { Listing } from "./model.ts";
import type { Samples } from "./samples.ts";
import type { Served } from "./served.ts";

export interface SweepOptions {
  readonly exchange: Pick<Exchange, "remotes" | "onNews">;
  readonly listing: Listing;
  readonly book: Book;
  readonly claims: Claims;
  readonly samples: Samples;
  readonly served: Served;
  readonly clock: Clock;
  readonly logger: Logger;
}

const TICK_MS = 2_000;
/** A line that has just come up knows little of the spaces in common yet. */
const FIRST_MS = 10_000;
/** Everything is asked about this often. */
const ALL_MS = 12 * 60 * 60 * 1000;
/** While more is being given, what was given is asked about this seldom: one question saves many. */
const GIVEN_MS = 30_000;
/** What is new over there is asked about this often. */
const NEWS_MS = 60_000;
/** What its owner has just listed is asked about this often, and never so that reading the list takes more than a part of the time. */
const LISTED_MS = 3_000;
const LISTED_FACTOR = 20;
/** So long after a question it may still turn out that they have it: the answer, and a check of it. */
const LOOKING_MS = 8_000;

interface Listed {
  readonly stamp: string;
  readonly askedAt: number;
  readonly restsUntil: number;
}

interface Line {
  readonly since: number;
  /** Spaces in which they came to hold more. */
  readonly news: Set<SpaceId>;
  readonly asked: Map<SpaceId, number>;
  /** Of collections of theirs: what was listed when they were asked last, and until when they are not. */
  readonly listed: Map<SpaceId, Listed>;
  /** They told something since what we gave them was asked about. */
  hasNews: boolean;
  /** How much was given and not confirmed when it was looked at last. */
  given: number;
  /** Since when more is being given; null when none is. */
  givingSince: number | null;
}

/** Asks each person in reach, in large questions and seldom, what they hold of each collection. */
export class Sweeps implements Resource {
  readonly #options: SweepOptions;
  readonly #lines = new WeakMap<Remote, Line>();
  readonly #stopTicking: () => void;
  readonly #changed = createTrigger();
  /** Collections of which it was said that somebody is being asked. */
  readonly #looking = new Set<SpaceId>();
  /** The list being read; questions under way are not waited for. */
  #reading: Promise<unknown> = Promise.resolve();
  #isRunning = false;
  #isClosed = false;

  constructor(options: SweepOptions) {
    this.#options = options;
    options.exchange.onNews((remote, spaces) => {
      const line = this.#line(remote);
      line.hasNews = true;
      for (const space of spaces) line.news.add(space);
    });
    this.#stopTicking = options.clock.every(TICK_MS, () => {
      this.#run();
    });
  }

  /** Fires when nobody is being asked any more where it was said that somebody is. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Whether somebody in reach may turn out in a moment to have what was not seen. */
  isLooking(space: SpaceId): boolean {
    const { exchange, listing, clock } = this.#options;
    const now = clock.monotonic();
    const founder = listing.spaces().get(space);
    const isLooking = exchange.remotes.peek().some((remote) => {
      const { common, person } = remote.session;
      if (person.peek() === null || !common.peek().has(space)) return false;
      const line = this.#lines.get(remote);
      if (line === undefined || now - line.since < FIRST_MS + LOOKING_MS)
        return true;
      const listed = line.listed.get(space);
      return (
        person.peek() === founder &&
        (listed?.stamp !== listing.stamp(space) ||
          now - listed.askedAt < LOOKING_MS)
      );
    });
    if (isLooking) this.#looking.add(space);
    return isLooking;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTicking();
    await this.#reading.catch(() => undefined);
  }

  #line(remote: Remote): Line {
    const line = this.#lines.get(remote) ?? {
      since: this.#options.clock.monotonic(),
      news: new Set<SpaceId>(),
      asked: new Map<SpaceId, number>(),
      listed: new Map<SpaceId, Listed>(),
      hasNews: false,
      given: 0,
      givingSince: null,
    };
    this.#lines.set(remote, line);
    return line;
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const ran = this.#askAll()
      .catch((error: unknown) => {
        // What was said is asked for again when there is room.
        if (!isCoreError(error, "disk-full")) throw error;
      })
      .finally(() => {
        this.#isRunning = false;
        this.#tell();
      });
    this.#options.logger.background("availability", ran);
  }

  #tell(): void {
    if (this.#isClosed) return;
    const over = [...this.#looking].filter((space) => !this.isLooking(space));
    for (const space of over) this.#looking.delete(space);
    if (over.length > 0) this.#changed.fire();
  }

  async #askAll(): Promise<void> {
    const { exchange, listing, clock } = this.#options;
    for (const remote of exchange.remotes.peek()) {
      if (this.#isClosed) return;
      const line = this.#line(remote);
      const person = remote.session.person.peek();
      if (person === null) continue;
      await this.#askGiven(remote, line);
      const isFirst = clock.monotonic() - line.since < FIRST_MS;
      for (const [space, founder] of listing.spaces()) {
        if (this.#isClosed) return;
        if (!remote.session.common.peek().has(space)) continue;
        if (founder === person)
          await this.#askListed(remote, line, person, space);
        if (!isFirst) await this.#askSpace(remote, line, person, space);
      }
    }
  }

  /** Who was given all of something and now tells of news is likely to hold it. */
  async #askGiven(remote: Remote, line: Line): Promise<void> {
    const { served, claims, clock } = this.#options;
    if (!line.hasNews) return;
    const waiting = served.waiting(remote.session);
    const now = clock.monotonic();
    const isGiving = waiting.size > line.given;
    line.given = waiting.size;
    line.givingSince ??= now;
    if (isGiving && now - line.givingSince < GIVEN_MS) return;
    line.givingSince = null;
    line.hasNews = false;
    const roots = [...waiting];
    for (let at = 0; at < roots.length; at += HOLDS_ROOTS) {
      const some = roots.slice(at, at + HOLDS_ROOTS);
      if ((await claims.ask(remote, some)) === null) return;
    }
  }

  /** Who has just listed something holds it, most likely: that is no copy yet, and worth a question at once. */
  async #askListed(
    remote: Remote,
    line: Line,
    person: PersonId,
    space: SpaceId,
  ): Promise<void> {
    const { listing, clock } = this.#options;
    const stamp = listing.stamp(space);
    const before = line.listed.get(space);
    const start = clock.monotonic();
    if (before?.stamp === stamp || start < (before?.restsUntil ?? 0)) return;
    await this.#askFiles(remote, person, space, false);
    const now = clock.monotonic();
    const restsUntil = now + LISTED_MS + (now - start) * LISTED_FACTOR;
    line.listed.set(space, { stamp, askedAt: now, restsUntil });
  }

  async #askSpace(
    remote: Remote,
    line: Line,
    person: PersonId,
    space: SpaceId,
  ): Promise<void> {
    const { samples, clock } = this.#options;
    const isAll = clock.now() - samples.of(person, space).askedAt > ALL_MS;
    const asked = line.asked.get(space) ?? -NEWS_MS;
    const hasNews =
      line.news.has(space) && clock.monotonic() - asked >= NEWS_MS;
    if (!isAll && !hasNews) return;
    line.asked.set(space, clock.monotonic());
    line.news.delete(space);
    const isAsked = await this.#askFiles(remote, person, space, isAll);
    if (isAll && isAsked) samples.asked(person, space);
  }

  async #askFiles(
    remote: Remote,
    person: PersonId,
    space: SpaceId,
    isAll: boolean,
  ): Promise<boolean> {
    const { claims } = this.#options;
    const reading = this.#dueOf(person, space, isAll);
    this.#reading = reading;
    const due = await reading;
    for (let at = 0; at < due.length; at += HOLDS_ROOTS) {
      if (this.#isClosed) return false;
      const some = due.slice(at, at + HOLDS_ROOTS);
      if ((await claims.ask(remote, some)) === null) return false;
    }
    return !this.#isClosed;
  }

  async #dueOf(
    person: PersonId,
    space: SpaceId,
    isAll: boolean,
  ): Promise<readonly FileRoot[]> {
    const { listing, book } = this.#options;
    const due: FileRoot[] = [];
    for await (const files of listing.files(space)) {
      if (this.#isClosed) return [];
      for (const { root } of files)
        if (isAll || book.mark(person, root) === null) due.push(root);
    }
    return due;
  }
}
