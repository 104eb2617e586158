import { isCoreError } from "#core/contract/errors.ts";
import type {
  CopiesPage,
  CopiesSummary,
  PersonCopies,
} from "#core/contract/copies-models.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Content } from "#core/files/model.ts";
import type { People } from "#core/people/people.ts";
import type { Book } from "./book.ts";
import { takeCensus } from "./census.ts";
import type { Census } from "./census.ts";
import type { Ledger } from "./ledger.ts";
import type { Listing } from "./model.ts";
import { decodeMark, isClaim } from "./marks.ts";
import { SAMPLE_LIFE_MS } from "./samples.ts";
import type { Samples } from "./samples.ts";
import { hasAll, takeTally } from "./tally.ts";
import type { Part, PersonTally, Tally } from "./tally.ts";

export interface CountsOptions {
  readonly ledger: Ledger;
  readonly samples: Samples;
  readonly book: Book;
  readonly listing: Listing;
  readonly exchange: Pick<Exchange, "remotes">;
  readonly people: Pick<People, "label">;
  readonly seenAt: (person: PersonId) => Time | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

interface Counted {
  census: Census | null;
  /** The whole collection, until a mark changes. */
  tally: Tally | null;
  isReading: boolean;
  /** Not read again before this. */
  restsUntil: number;
}

/** A collection is read again this many times as long after as reading it took. */
const REST_FACTOR = 20;
const REST_MS = 1_000;
/** Files looked at for one to check. */
const TRIES = 200;

/** Counts copies of collections, and remembers the counts. */
export class Counts implements Resource {
  readonly #options: CountsOptions;
  readonly #changed = createTrigger();
  readonly #counted = new Map<SpaceId, Counted>();
  readonly #unsubscribe: () => void;
  readonly #cancels = new Set<() => void>();
  readonly #reading = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: CountsOptions) {
    this.#options = options;
    this.#unsubscribe = options.book.changed.subscribe(() => {
      for (const counted of this.#counted.values()) counted.tally = null;
    });
  }

  /** Fires when a collection was counted that was not, or anew. */
  get changed(): Signal {
    return this.#changed;
  }

  summary(space: SpaceId): CopiesSummary | null {
    const tally = this.#whole(space);
    if (tally === null) return null;
    const { people } = this.#options;
    return {
      everything: tally.people
        .filter((it) => hasAll(it, tally))
        .map(({ person }) => people.label(person)),
      onlyHere: tally.onlyHere,
    };
  }

  page(space: SpaceId, path: string): Omit<CopiesPage, "isLooking"> | null {
    const { people, seenAt } = this.#options;
    const census = this.#census(space);
    if (census === null) return null;
    const tally = this.#tallyOf(space, census, path);
    if (tally === null || tally.all.files === 0) return null;
    const inReach = this.#inReach(space);
    return {
      collection: space,
      path,
      all: tally.all,
      here: tally.here,
      people: tally.people
        .map((it) => this.#person(space, it, inReach))
        .sort(
          (a, b) => b.has.bytes - a.has.bytes || b.says.bytes - a.says.bytes,
        ),
      onlyHere: tally.onlyHere,
      onlyOne: tally.onlyOne.map(({ person, has }) => ({
        person: people.label(person),
        has,
        inReach: inReach.has(person),
        seenAt: seenAt(person),
      })),
      unseen: tally.unseen,
    };
  }

  /**
   * A file at random that a person claims and has not shown lately; null when
   * there is none, `uncounted` when that is not known yet.
   */
  pick(person: PersonId, space: SpaceId): Content | null | "uncounted" {
    const { ledger, random, listing, samples, clock } = this.#options;
    const census = this.#census(space);
    const number = ledger.people.get(person);
    if (census === null) return "uncounted";
    if (number === undefined || census.count === 0) return null;
    const isTrusted = samples.isTrusted(person, space);
    const before = clock.now() - SAMPLE_LIFE_MS;
    const isDue = (mark: number): boolean => {
      // Of somebody who is trusted any file will do, also one that was shown.
      if (isTrusted) return mark !== 0;
      return isClaim(mark) || (decodeMark(mark)?.at ?? Infinity) < before;
    };
    const isDueAt = (at: number): boolean =>
      isDue(ledger.mark(number, census.contents[at] ?? 0));
    const at = pickOne(census.count, random, isDueAt);
    if (at < 0)
      return census.stamp === listing.stamp(space) ? null : "uncounted";
    const file = listing.at(space, at);
    const isSame =
      file !== null && ledger.contentNumber(file.root) === census.contents[at];
    return isSame ? file : "uncounted";
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    for (const cancel of this.#cancels) cancel();
    await Promise.allSettled(this.#reading);
  }

  #person(
    space: SpaceId,
    { person, has, says, isSampled }: PersonTally,
    inReach: ReadonlySet<PersonId>,
  ): PersonCopies {
    const { people, samples, seenAt } = this.#options;
    const { caughtAt } = samples.of(person, space);
    return {
      person: people.label(person),
      has,
      says,
      isSampled,
      caughtAt: caughtAt === 0 ? null : caughtAt,
      inReach: inReach.has(person),
      seenAt: seenAt(person),
    };
  }

  #inReach(space: SpaceId): ReadonlySet<PersonId> {
    const people = new Set<PersonId>();
    for (const { session } of this.#options.exchange.remotes.peek()) {
      const person = session.person.peek();
      if (person !== null && session.common.peek().has(space))
        people.add(person);
    }
    return people;
  }

  #whole(space: SpaceId): Tally | null {
    const census = this.#census(space);
    const counted = this.#counted.get(space);
    if (census === null || counted === undefined) return null;
    counted.tally ??= this.#tally(space, census, {
      first: 0,
      count: census.count,
    });
    return counted.tally;
  }

  #tallyOf(space: SpaceId, census: Census, path: string): Tally | null {
    if (path === "") return this.#whole(space);
    const part = this.#options.listing.range(space, path);
    return part.count === 0 ? null : this.#tally(space, census, part);
  }

  #tally(space: SpaceId, census: Census, part: Part): Tally {
    const { ledger, samples } = this.#options;
    return takeTally(census, ledger, part, (person) =>
      samples.isTrusted(person, space),
    );
  }

  /** What was read last; when the collection is another one by now it is read again. */
  #census(space: SpaceId): Census | null {
    const { listing, clock } = this.#options;
    const counted: Counted = this.#counted.get(space) ?? {
      census: null,
      tally: null,
      isReading: false,
      restsUntil: 0,
    };
    this.#counted.set(space, counted);
    if (
      !counted.isReading &&
      !this.#isClosed &&
      counted.census?.stamp !== listing.stamp(space)
    ) {
      counted.isReading = true;
      const wait = Math.max(0, counted.restsUntil - clock.monotonic());
      const cancel = clock.after(wait, () => {
        this.#cancels.delete(cancel);
        const read = this.#read(space, counted).finally(() => {
          this.#reading.delete(read);
        });
        this.#reading.add(read);
        this.#options.logger.background("availability", read);
      });
      this.#cancels.add(cancel);
    }
    return counted.census;
  }

  async #read(space: SpaceId, counted: Counted): Promise<void> {
    const { listing, ledger, clock } = this.#options;
    const start = clock.monotonic();
    try {
      const census = await takeCensus(
        listing,
        ledger,
        space,
        () => this.#isClosed,
      );
      if (census === null) return;
      counted.census = census;
      counted.tally = null;
    } catch (error) {
      if (!isCoreError(error, "disk-full")) throw error;
    } finally {
      const took = clock.monotonic() - start;
      counted.restsUntil = clock.monotonic() + REST_MS + took * REST_FACTOR;
      counted.isReading = false;
    }
    if (!this.#isClosed) this.#changed.fire();
  }
}

/**
 * One of `count` that is due, at random; -1 when none is. Asked again and again
 * while nothing happens, so randomness is drawn once.
 */
function pickOne(
  count: number,
  random: Random,
  isDueAt: (at: number) => boolean,
): number {
  if (count <= TRIES) {
    const due: number[] = [];
    for (let at = 0; at < count; at++) if (isDueAt(at)) due.push(at);
    if (due.length === 0) return -1;
    return due[random.bytes(4).readUInt32LE() % due.length] ?? -1;
  }
  const drawn = random.bytes(4 * (TRIES + 1));
  for (let tries = 0; tries < TRIES; tries++) {
    const any = drawn.readUInt32LE(4 * tries) % count;
    if (isDueAt(any)) return any;
  }
  // Few are due: the next one after a random place.
  const start = drawn.readUInt32LE(4 * TRIES) % count;
  for (let step = 0; step < count; step++) {
    const next = (start + step) % count;
    if (isDueAt(next)) return next;
  }
  return -1;
}
