import type { FileStage } from "#core/contract/collection-models.ts";
import type {
  CopiesPage,
  CopiesSummary,
} from "#core/contract/copies-models.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Content } from "#core/files/model.ts";
import type { People } from "#core/people/people.ts";
import type { Database } from "#core/storage/database.ts";
import { Book } from "./book.ts";
import { Claims } from "./claims.ts";
import { Counts } from "./counts.ts";
import { Ledger } from "./ledger.ts";
import type { ListedContent, Listing } from "./model.ts";
import { Samples } from "./samples.ts";
import { Served } from "./served.ts";
import { SpotChecks } from "./spot-checks.ts";
import { Sweeps } from "./sweeps.ts";

export interface AvailabilityOptions {
  readonly local: Database;
  readonly exchange: Exchange;
  readonly people: Pick<People, "label">;
  readonly listing: Listing;
  /** The list of content in several chunks that is here; null when it is not. */
  readonly listOf: (root: FileRoot) => Buffer | null;
  readonly contentOf: (root: FileRoot) => Content | null;
  readonly spacesOf: (root: FileRoot) => readonly SpaceId[];
  readonly seenAt: (person: PersonId) => Time | null;
  /** Whether the lines are free for checks: nothing is fetched, nothing paused. */
  readonly mayCheck: () => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Somebody who was seen to have all of a content. */
export interface OtherHolder {
  readonly person: PersonId;
  /** The day on which they showed it, or confirmed to hold what we gave them: when it began, UTC. */
  readonly provedAt: Time;
  /** Null when they were never met on this computer's watch. */
  readonly lastSeen: Time | null;
}

/** Who has a copy of what, from what they showed. */
export class Availability implements Resource {
  readonly #options: AvailabilityOptions;
  readonly #closers = new Closers();
  readonly #changed = createTrigger();
  readonly #book: Book;
  readonly #claims: Claims;
  readonly #checks: SpotChecks;
  readonly #counts: Counts;
  readonly #sweeps: Sweeps;

  constructor(options: AvailabilityOptions) {
    const { local, exchange, listing, clock } = options;
    this.#options = options;
    const ledger = new Ledger(local);
    const samples = new Samples(local, ledger, clock);
    const served = new Served();
    const book = this.#closers.add(new Book({ ...options, ledger }));
    this.#book = book;
    const claims = new Claims({
      ...options,
      onSaid(remote, root, said) {
        const person = remote.session.person.peek();
        if (person === null) return;
        const isGiven =
          said === "all" && served.confirmed(remote.session, root);
        if (isGiven) book.note(person, root, "given");
        else if (said === "all") book.note(person, root, "said");
        else if (book.mark(person, root) !== null) book.doubt(person, root);
      },
      onChange: () => {
        this.#changed.fire();
      },
    });
    this.#claims = this.#closers.add(claims);
    this.#counts = this.#closers.add(
      new Counts({ ...options, ledger, samples, book }),
    );
    this.#checks = this.#closers.add(
      new SpotChecks({
        ...options,
        book,
        claims,
        samples,
        spaces: () => listing.spaces().keys(),
        listOf: ({ root }) => options.listOf(root),
        pick: (person, space) => this.#counts.pick(person, space),
      }),
    );
    this.#sweeps = this.#closers.add(
      new Sweeps({ ...options, listing, book, claims, samples, served }),
    );
    exchange.onShown((session, root) => {
      const person = session.person.peek();
      if (person !== null) book.note(person, root, "shown");
    });
    exchange.onGave((session, { kind, root, index }) => {
      if (kind !== "chunk" || session.person.peek() === null) return;
      const size = options.contentOf(root)?.size;
      if (size !== undefined) served.gave(session, root, index, size);
    });
    const { changed } = this.#sweeps;
    for (const signal of [book.changed, this.#counts.changed, changed])
      this.#closers.addTask(
        signal.subscribe(() => {
          this.#changed.fire();
        }),
      );
  }

  /** Fires when somebody turned out to have something, or to say so. */
  get changed(): Signal {
    return this.#changed;
  }

  /**
   * Everybody besides this computer who was seen to have all of this content:
   * they showed a part of it that was verified, or took it from here and
   * confirmed. What somebody only says is left out.
   */
  otherHolders(root: FileRoot): readonly OtherHolder[] {
    const holders: OtherHolder[] = [];
    for (const [person, { how, at }] of this.#book.marksOf(root))
      if (how === "shown" || how === "given")
        holders.push({
          person,
          provedAt: at,
          lastSeen: this.#options.seenAt(person),
        });
    return holders;
  }

  /**
   * Asks everybody in reach who says to have it to show a part now, and answers
   * with `otherHolders`. Takes a minute at most; for a decision that cannot wait.
   */
  async prove(root: FileRoot): Promise<readonly OtherHolder[]> {
    const content = this.#options.contentOf(root);
    if (content !== null)
      await this.#checks.checkNow(content, this.#options.spacesOf(root));
    return this.otherHolders(root);
  }

  /** Where a file that is not here could come from. Looking asks those in reach. */
  away(space: SpaceId, file: ListedContent): FileStage {
    const { people, seenAt } = this.#options;
    const {
      people: inReach,
      unnamed,
      isAsking,
    } = this.#claims.of(space, file.root);
    const holders = this.otherHolders(file.root);
    const shown = new Set(holders.map(({ person }) => person));
    if (inReach.some((person) => !shown.has(person)))
      this.#checks.want(space, file);
    return {
      stage: "away",
      holders: inReach.map((person) => people.label(person)),
      unnamed,
      isShown: inReach.some((person) => shown.has(person)),
      isLooking: isAsking && inReach.length + unnamed === 0,
      absent: holders
        .filter(({ person }) => !inReach.includes(person))
        .map(({ person }) => ({
          person: people.label(person),
          seenAt: seenAt(person),
        })),
    };
  }

  /** Who has a collection, in short; null until it was counted. */
  summary(space: SpaceId): CopiesSummary | null {
    return this.#counts.summary(space);
  }

  /** Who has a collection, a folder of it or a file; null when there is no such thing, or it was not counted yet. */
  copies(space: SpaceId, path: string): CopiesPage | null {
    const page = this.#counts.page(space, path);
    if (page === null) return null;
    const isLooking = page.unseen.files > 0 && this.#sweeps.isLooking(space);
    return { ...page, isLooking };
  }

  close(): Promise<void> {
    return this.#closers.close();
  }
}
