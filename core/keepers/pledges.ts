import type { PersonId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Self } from "#core/self/self.ts";
import type { SelfState } from "#core/self/self-state.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { Database } from "#core/storage/database.ts";
import { Wishes } from "./wishes.ts";
import type { WishOf } from "./wishes.ts";

/** The end of a pledge that its person gave back, or that found no room: they may have one again. */
const GIVEN_BACK = 0;
/** The end of a pledge that was taken away by hand: that stands. */
const TAKEN_AWAY = 1;

type KnownPledges = SelfState["pledges"];
type KnownPledge = NonNullable<ReturnType<KnownPledges["get"]>>;

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
    const end = bytes === 0 ? TAKEN_AWAY : until;
    const { self } = this.#options;
    await self.append({ type: "pledge", person, bytes, until: end });
  }

  /** Whether somebody wants room here and there was none: to be told, and given some when there is. */
  isWaiting(person: PersonId): boolean {
    const pledge = this.#options.self.state.peek().pledges.get(person);
    return this.#isOpen(pledge) && this.#wishes.of(person).bytes !== 0;
  }

  /**
   * Somebody would like this much kept; null is whatever there is, 0 nothing
   * any more. Only a machine that keeps for whoever took its invite answers by
   * itself; a person decides by hand, and what was decided stands until other
   * words come. What becomes free goes to those who found no room.
   */
  async onWish(person: PersonId, wish: WishOf): Promise<void> {
    this.#wishes.note(person, wish);
    await this.#allot((pledges) => {
      const known = pledges.get(person);
      const isDecided = known !== undefined && !this.#isOpen(known);
      const isKept = isDecided && (wish.bytes === null || known.bytes === 0);
      const waiting = this.people().filter((one) => this.isWaiting(one));
      const asking = isKept ? waiting : [person, ...waiting];
      return new Map(asking.map((one) => [one, this.#wanted(one)]));
    });
  }

  /**
   * Shares so many bytes among so many people; anew, where it was shared
   * otherwise before. Nobody gets less than what is kept for them already, and what was decided
   * for a time, or against somebody, stands.
   */
  async share(
    room: number,
    people: number,
    usedBy: (person: PersonId) => number,
  ): Promise<void> {
    const { settings } = this.#options;
    const { keepForAll, keepForPeople } = settings;
    settings.setKeepForAll(room, people);
    if (keepForAll === room && keepForPeople === people) return;
    await this.#allot((pledges) => {
      const shared = [...pledges.values()].filter(
        ({ person, bytes, until }) =>
          this.isWaiting(person) || (until === null && bytes > 0),
      );
      return new Map(
        shared.map(({ person }) => [person, this.#wanted(person)]),
      );
    }, usedBy);
  }

  /**
   * Whether somebody may have room as soon as there is some. Before the room was
   * shared fairly, a machine that had none left for somebody noted no end.
   */
  #isOpen(pledge: KnownPledge | undefined): boolean {
    if (pledge?.until === GIVEN_BACK) return true;
    const isMachine = this.#options.settings.keepForAll !== null;
    return isMachine && pledge?.bytes === 0 && pledge.until === null;
  }

  /** What somebody asked for; an equal part of the room when they named no amount. */
  #wanted(person: PersonId): number {
    const { keepForAll, keepForPeople } = this.#options.settings;
    const part = Math.floor((keepForAll ?? 0) / keepForPeople);
    return this.#wishes.of(person).bytes ?? part;
  }

  /** Promises what is wanted as far as there is room; who gets less comes first, which leaves more for the rest. */
  async #allot(
    wantedOf: (pledges: KnownPledges) => ReadonlyMap<PersonId, number>,
    leastOf: (person: PersonId) => number = () => 0,
  ): Promise<void> {
    const { self, settings } = this.#options;
    const total = settings.keepForAll;
    if (total === null) return;
    await self.decide(({ pledges }) => {
      const wanted = wantedOf(pledges);
      const before = (person: PersonId) => pledges.get(person)?.bytes ?? 0;
      const held = new Map(
        [...pledges.keys()].map((person) => [person, before(person)]),
      );
      const byGrowth = [...wanted].toSorted(
        ([a, more], [b, less]) => more - before(a) - (less - before(b)),
      );
      const entries = byGrowth.flatMap(([person, most]) => {
        held.delete(person);
        const others = [...held.values()].reduce((sum, one) => sum + one, 0);
        const bytes = Math.max(
          leastOf(person),
          Math.min(most, total - others),
          0,
        );
        held.set(person, bytes);
        const until = bytes === 0 ? GIVEN_BACK : null;
        const known = pledges.get(person);
        const isSame = known?.bytes === bytes && known.until === until;
        return isSame
          ? []
          : [{ type: "pledge", person, bytes, until } as const];
      });
      return { entries, result: null };
    });
  }
}
