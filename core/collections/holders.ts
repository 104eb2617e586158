import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Exchange } from "#core/files/exchange.ts";
import type { Remote } from "#core/files/exchange-remote.ts";

export interface HoldersOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Somebody turned out to hold something. */
  readonly onChange: () => void;
}

/** An answer is believed this long. */
const FRESH_MS = 20_000;

interface Known {
  readonly held: Map<
    FileRoot,
    { readonly isHeld: boolean; readonly at: number }
  >;
  readonly due: Set<FileRoot>;
  isAsking: boolean;
}

/** Who in reach has a file, as far as they said; whoever looks makes it ask. */
export class Holders {
  readonly #options: HoldersOptions;
  readonly #known = new WeakMap<Remote, Known>();

  constructor(options: HoldersOptions) {
    this.#options = options;
  }

  /** People in reach who said they have it. Unknown ones are asked, for the next look. */
  of(space: SpaceId, root: FileRoot): readonly PersonId[] {
    const { exchange, clock } = this.#options;
    const people = new Set<PersonId>();
    for (const remote of exchange.remotes.peek()) {
      const { person, common } = remote.session;
      if (!common.peek().has(space)) continue;
      const who = person.peek();
      if (who === null) continue;
      const known = this.#of(remote);
      const answer = known.held.get(root);
      if (answer?.isHeld === true) people.add(who);
      if (answer === undefined || clock.monotonic() - answer.at > FRESH_MS) {
        known.due.add(root);
        this.#askSoon(remote, known);
      }
    }
    return [...people];
  }

  #of(remote: Remote): Known {
    const known = this.#known.get(remote) ?? {
      held: new Map(),
      due: new Set(),
      isAsking: false,
    };
    this.#known.set(remote, known);
    return known;
  }

  #askSoon(remote: Remote, known: Known): void {
    if (known.isAsking) return;
    known.isAsking = true;
    this.#options.logger.background("holders", this.#ask(remote, known));
  }

  async #ask(remote: Remote, known: Known): Promise<void> {
    // What one page shows is asked for in one message.
    await Promise.resolve();
    const roots = [...known.due];
    known.due.clear();
    const answers = await remote.held(roots).finally(() => {
      known.isAsking = false;
    });
    const at = this.#options.clock.monotonic();
    let isNew = false;
    for (const [index, root] of roots.entries()) {
      const isHeld = (answers?.[index] ?? "none") !== "none";
      if (isHeld !== (known.held.get(root)?.isHeld ?? false)) isNew = true;
      known.held.set(root, { isHeld, at });
    }
    if (isNew) this.#options.onChange();
  }
}
