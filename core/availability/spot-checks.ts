import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import type { Content } from "#core/files/model.ts";
import { OPEN_ASKS } from "#core/exchange/wire.ts";
import type { Book } from "./book.ts";
import { ByteBudget } from "#core/base/byte-budget.ts";
import { checkChunk } from "./check-chunk.ts";
import { Rests } from "./rests.ts";
import type { CheckParts } from "./check-chunk.ts";
import type { Claims } from "./claims.ts";
import type { Samples } from "./samples.ts";

export interface SpotCheckOptions extends CheckParts {
  readonly exchange: Pick<Exchange, "remotes">;
  readonly book: Book;
  readonly claims: Claims;
  readonly samples: Samples;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Whether checks may use the lines now: nothing is being fetched, nothing is paused. */
  readonly mayCheck: () => boolean;
  /** Something of a collection at random that this person claims; null when there is nothing to check. */
  readonly pick: (
    person: PersonId,
    space: SpaceId,
  ) => Content | null | "uncounted";
  /** Collections on the list. */
  readonly spaces: () => Iterable<SpaceId>;
}

/** What checks may bring here in an hour: a tenth of a percent of a slow line. */
const HOUR_BYTES = 64 * 1024 * 1024;
/** And at once, for the files somebody looks at. */
const BURST_BYTES = 16 * 1024 * 1024;
const TICK_MS = 2_000;
/** Once somebody is trusted with a collection, a file of it is still asked for this often. */
const TRUSTED_PAUSE_MS = 60 * 60 * 1000;
/** Who claims nothing is looked at again after this. */
const NOTHING_PAUSE_MS = 20_000;
/** Who did not answer in time is left alone for this long. */
const LATE_PAUSE_MS = 10 * 60 * 1000;
/** Files that are looked at, waiting to be checked. */
const WANTED = 200;

interface Wanted {
  readonly content: Content;
  readonly space: SpaceId;
}

/** Asks those who claim to hold something to show a part of it, now and then. */
export class SpotChecks implements Resource {
  readonly #options: SpotCheckOptions;
  readonly #budget: ByteBudget;
  readonly #stopTicking: () => void;
  readonly #unsubscribe: () => void;
  readonly #wanted = new Map<FileRoot, Wanted>();
  /** Until when nothing is asked of a line, or of a person for a collection. */
  readonly #resting: Rests<SpaceId | "all">;
  /** Until when a person has nothing to check in a collection, unless they say more. */
  readonly #nothing: Rests<SpaceId>;
  #isRunning = false;
  #isClosed = false;

  constructor(options: SpotCheckOptions) {
    this.#options = options;
    this.#budget = new ByteBudget(options.clock, HOUR_BYTES, BURST_BYTES);
    this.#resting = new Rests(options.clock);
    this.#nothing = new Rests(options.clock);
    this.#stopTicking = options.clock.every(TICK_MS, () => {
      this.#run();
    });
    this.#unsubscribe = options.book.changed.subscribe(() => {
      this.#nothing.clear();
    });
  }

  /** Somebody looks at this file: it comes before what is picked at random. */
  want(space: SpaceId, content: Content): void {
    if (this.#wanted.size < WANTED)
      this.#wanted.set(content.root, { content, space });
  }

  /** Asks everybody in reach who claims this content to show a part of it, whatever the budget says. */
  async checkNow(content: Content, spaces: readonly SpaceId[]): Promise<void> {
    const checks = this.#lines().map(async ({ remote, person }) => {
      const common = remote.session.common.peek();
      const space = spaces.find((it) => common.has(it));
      if (space === undefined) return;
      const { claims } = this.#options;
      const learned = await claims.ask(remote, [content.root]);
      if (learned?.get(content.root) === "all")
        await this.#check(remote, person, space, content, false);
    });
    await Promise.all(checks);
    if (!this.#isClosed) await this.#options.book.write();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTicking();
    this.#unsubscribe();
    return Promise.resolve();
  }

  #lines(): readonly { readonly remote: Remote; readonly person: PersonId }[] {
    return this.#options.exchange.remotes.peek().flatMap((remote) => {
      const person = remote.session.person.peek();
      return person === null ? [] : [{ remote, person }];
    });
  }

  #run(): void {
    if (this.#isRunning || !this.#options.mayCheck()) return;
    this.#isRunning = true;
    const ran = this.#checkSome().finally(() => {
      this.#isRunning = false;
    });
    this.#options.logger.background("availability", ran);
  }

  async #checkSome(): Promise<void> {
    try {
      for (const [root, { content, space }] of this.#wanted) {
        if (!this.#mayGoOn()) return;
        this.#wanted.delete(root);
        await this.#checkWanted(content, space);
      }
      for (const { remote, person } of this.#lines())
        for (const space of this.#options.spaces()) {
          if (!this.#mayGoOn()) return;
          await this.#sample(remote, person, space);
        }
    } catch (error) {
      // What was seen is written down when there is room again.
      if (!isCoreError(error, "disk-full")) throw error;
    }
  }

  #mayGoOn(): boolean {
    return !this.#isClosed && this.#options.mayCheck() && this.#budget.isOpen;
  }

  async #checkWanted(content: Content, space: SpaceId): Promise<void> {
    for (const { remote, person } of this.#lines()) {
      if (!this.#isFree(remote, space) || !this.#mayGoOn()) continue;
      const mark = this.#options.book.mark(person, content.root);
      if (mark?.how === "said")
        await this.#check(remote, person, space, content, false);
    }
  }

  async #sample(
    remote: Remote,
    person: PersonId,
    space: SpaceId,
  ): Promise<void> {
    const { pick, samples } = this.#options;
    if (!this.#isFree(remote, space)) return;
    if (this.#resting.isResting(remote, space)) return;
    if (this.#nothing.isResting(remote, space)) return;
    const content = pick(person, space);
    if (content === "uncounted") return;
    if (content === null) {
      this.#nothing.rest(remote, space, NOTHING_PAUSE_MS);
      return;
    }
    await this.#check(remote, person, space, content, true);
    if (samples.isTrusted(person, space))
      this.#resting.rest(remote, space, TRUSTED_PAUSE_MS);
  }

  /** Nothing else is asked of this line, so that a check holds nobody up. */
  #isFree(remote: Remote, space: SpaceId): boolean {
    return (
      remote.session.common.peek().has(space) &&
      remote.room === OPEN_ASKS &&
      !this.#resting.isResting(remote, "all")
    );
  }

  async #check(
    remote: Remote,
    person: PersonId,
    space: SpaceId,
    content: Content,
    isRandom: boolean,
  ): Promise<void> {
    const { book, samples, claims } = this.#options;
    const { root } = content;
    const { shown, bytes } = await checkChunk(remote, content, this.#options);
    this.#budget.use(bytes);
    if (this.#isClosed) return;
    switch (shown) {
      case "shown":
        book.note(person, root, "shown");
        if (isRandom) samples.passed(person, space);
        break;
      case "wrong":
        remote.session.fault("files-chunk-wrong");
        book.note(person, root, "caught");
        samples.caught(person, space);
        break;
      case "lack": {
        // They may have freed it since, and say so: that is no lie.
        const learned = await claims.ask(remote, [root]);
        if (learned?.get(root) !== "all" || this.#isClosed) break;
        book.note(person, root, "caught");
        samples.caught(person, space);
        break;
      }
      case "late":
        this.#resting.rest(remote, "all", LATE_PAUSE_MS);
        break;
      case "other":
      case "gone":
        break;
    }
  }
}
