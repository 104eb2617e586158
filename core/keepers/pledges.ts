import type { PersonId } from "#core/contract/ids.ts";
import { KEEP_BYTES } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";

import type { Database } from "#core/storage/database.ts";
import { Wishes } from "./wishes.ts";
import type { WishOf } from "./wishes.ts";

/** The end of a pledge that its person gave back: they may have one again. */
const GIVEN_BACK = 0;

export interface PledgesOptions {
  readonly self: Self;
  readonly settings: LocalSettings;
  readonly clock: Clock;
  readonly local: Database;
}

/** How much I keep for whom. */
export class Pledges {
  readonly #options: PledgesOptions;
  readonly #wishes: Wishes;

  constructor(options: PledgesOptions) {
    this.#options = options;
    this.#wishes = new Wishes(options.local);
  }

  /** What is promised to somebody; null when nothing is, or no more. */
  to(
    person: PersonId,
  ): { readonly bytes: number; readonly until: number | null } | null {
    const { self, clock } = this.#options;
    const pledge = self.state.peek().pledges.get(person);
    if (pledge === undefined || pledge.bytes === 0) return null;
    const { bytes, until } = pledge;
    return until !== null && until <= clock.now() ? null : { bytes, until };
  }

  /** What may be taken for somebody: what is promised, and no more or longer than they want. */
  roomFor(person: PersonId): number {
    const promised = this.to(person)?.bytes ?? 0;
    const { bytes, until } = this.#wishes.of(person);
    if (until !== null && until <= this.#options.clock.now()) return 0;
    return Math.min(promised, bytes ?? promised);
  }

  /** Those to whom something was ever promised. */
  people(): readonly PersonId[] {
    return [...this.#options.self.state.peek().pledges.keys()];
  }

  async set(
    person: PersonId,
    bytes: number,
    until: number | null,
  ): Promise<void> {
    await this.#options.self.append({ type: "pledge", person, bytes, until });
  }

  /**
   * Somebody would like this much kept; null is whatever there is, 0 nothing
   * any more. Only a machine that keeps for whoever took its invite answers by
   * itself, with what is left of its room; a person decides by hand, and what
   * was decided stands until other words come.
   */
  async onWish(person: PersonId, wish: WishOf): Promise<void> {
    const { self, settings } = this.#options;
    this.#wishes.note(person, wish);
    const wished = wish.bytes;
    const total = settings.keepForAll;
    if (total === null) return;
    await self.decide(({ pledges }) => {
      const known = pledges.get(person);
      const isDecided = known !== undefined && known.until !== GIVEN_BACK;
      if (isDecided && (wished === null || known.bytes === 0))
        return { entries: [], result: null };
      const others = [...pledges.values()]
        .filter((pledge) => pledge.person !== person)
        .reduce((sum, pledge) => sum + pledge.bytes, 0);
      const left = Math.max(0, total - others);
      const bytes = Math.min(wished ?? KEEP_BYTES, left);
      const until = wished === 0 ? GIVEN_BACK : null;
      const isSame = known?.bytes === bytes && known.until === until;
      return {
        entries: isSame ? [] : [{ type: "pledge", person, bytes, until }],
        result: null,
      };
    });
  }
}
