import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import { Inquiry } from "./inquiry.ts";
import type { Learned } from "./inquiry.ts";

export interface ClaimsOptions {
  readonly exchange: Pick<Exchange, "remotes" | "onNews">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Somebody said whether they hold all of it. */
  readonly onSaid: (remote: Remote, root: FileRoot, said: Learned) => void;
  /** Somebody in reach says something new. */
  readonly onChange: () => void;
}

/** Who in reach says to have something. */
export interface Claimants {
  readonly people: readonly PersonId[];
  /** Ends of lines on which nobody proved who they are: the space came by a link (ME4). */
  readonly unnamed: number;
  /** Whether somebody in reach may turn out to have it in a moment. */
  readonly isAsking: boolean;
}

/** Nobody is in reach at once: so long after the start that means nothing. */
const START_MS = 8_000;

/** Asks those in reach what they hold. What they say is a word, and no copy. */
export class Claims implements Resource {
  readonly #options: ClaimsOptions;
  readonly #inquiries = new Map<Remote, Inquiry>();
  readonly #unsubscribe: () => void;
  readonly #cancelStart: () => void;
  #isStarting = true;

  constructor(options: ClaimsOptions) {
    this.#options = options;
    const { exchange, clock, onChange } = options;
    this.#cancelStart = clock.after(START_MS, () => {
      this.#isStarting = false;
      onChange();
    });
    this.#unsubscribe = exchange.remotes.subscribe(() => {
      this.#match();
    });
    exchange.onNews((remote) => {
      this.#inquiries.get(remote)?.askAgain();
    });
    this.#match();
  }

  /** Who says to have it. Those not asked yet are asked, and `onChange` tells. */
  of(space: SpaceId, root: FileRoot): Claimants {
    const people = new Set<PersonId>();
    let unnamed = 0;
    let isAsking = this.#isStarting;
    for (const [remote, inquiry] of this.#inquiries) {
      const { common, person } = remote.session;
      // What is common comes to be known in the first moments of a line.
      const said = common.peek().has(space)
        ? inquiry.look(root)
        : inquiry.isYoung
          ? "asking"
          : "none";
      isAsking ||= said === "asking";
      if (said !== "has") continue;
      const who = person.peek();
      if (who === null) unnamed++;
      else people.add(who);
    }
    return { people: [...people], unnamed, isAsking };
  }

  /** Asks one other end about these; null when the line ends first or they take too long. */
  async ask(
    remote: Remote,
    roots: readonly FileRoot[],
  ): Promise<ReadonlyMap<FileRoot, Learned> | null> {
    return (await this.#inquiries.get(remote)?.ask(roots)) ?? null;
  }

  close(): Promise<void> {
    this.#unsubscribe();
    this.#cancelStart();
    for (const inquiry of this.#inquiries.values()) inquiry.close();
    this.#inquiries.clear();
    return Promise.resolve();
  }

  #match(): void {
    const remotes = new Set(this.#options.exchange.remotes.peek());
    for (const [remote, inquiry] of this.#inquiries) {
      if (remotes.has(remote)) continue;
      inquiry.close();
      this.#inquiries.delete(remote);
    }
    const before = this.#inquiries.size;
    for (const remote of remotes)
      if (!this.#inquiries.has(remote))
        this.#inquiries.set(remote, new Inquiry(remote, this.#options));
    // Whoever looks has to look again for them to be asked.
    if (this.#inquiries.size > before) this.#options.onChange();
  }
}
