import type { PersonId } from "#core/contract/ids.ts";
import { KEEP_BYTES } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";

export interface PledgesOptions {
  readonly self: Self;
  readonly settings: LocalSettings;
  readonly clock: Clock;
}

/** How much I keep for whom. */
export class Pledges {
  readonly #options: PledgesOptions;

  constructor(options: PledgesOptions) {
    this.#options = options;
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

  roomFor(person: PersonId): number {
    return this.to(person)?.bytes ?? 0;
  }

  async set(
    person: PersonId,
    bytes: number,
    until: number | null,
  ): Promise<void> {
    await this.#options.self.append({ type: "pledge", person, bytes, until });
  }

  /**
   * Somebody would like this much kept. Only a machine that keeps for whoever
   * took its invite answers by itself, with what is left of its room; a person
   * decides by hand. Who wants less gets less.
   */
  async onWish(person: PersonId, wished: number | null): Promise<void> {
    const { self, settings } = this.#options;
    const total = settings.keepForAll;
    if (total === null) return;
    await self.decide(({ pledges }) => {
      const others = [...pledges.values()]
        .filter((pledge) => pledge.person !== person)
        .reduce((sum, pledge) => sum + pledge.bytes, 0);
      const left = Math.max(0, total - others);
      const bytes = Math.min(wished ?? KEEP_BYTES, left);
      const isSame = pledges.get(person)?.bytes === bytes;
      return {
        entries: isSame ? [] : [{ type: "pledge", person, bytes, until: null }],
        result: null,
      };
    });
  }
}
