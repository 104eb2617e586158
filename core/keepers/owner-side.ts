import { CoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { KeeperChoice } from "#core/contract/keeper-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Identity } from "#core/identity/identity.ts";
import type { Self } from "#core/self/self.ts";
import type { SelfEntryOf } from "#core/self/self-entries.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import { keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import { writeKeepList } from "#core/spaces/keep-list.ts";
import type { KeepList } from "#core/spaces/keep-list.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { CheckTarget } from "./checks.ts";
import { isContactLine } from "./contact-line.ts";
import type { KeepLine } from "./keep-line.ts";
import type { Pledge } from "./keep-messages.ts";
import type { SealedLine } from "./sealed-line.ts";

export type MyKeeper = SelfEntryOf<"keeper">;

export interface OwnerSideOptions {
  readonly self: Self;
  readonly spaces: Spaces;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** What a person gives to those who keep for them. */
export class OwnerSide {
  readonly #options: OwnerSideOptions;
  /** The list of a space as it was last signed: the same logs need no new one. */
  readonly #lists = new Map<SpaceId, KeepList>();
  /** What was last said on a line. */
  readonly #said = new WeakMap<KeepLine, string>();

  constructor(options: OwnerSideOptions) {
    this.#options = options;
  }

  keeper(person: PersonId): MyKeeper | null {
    return this.#options.self.state.peek().keepers.get(person) ?? null;
  }

  all(): readonly MyKeeper[] {
    return [...this.#options.self.state.peek().keepers.values()];
  }

  /** Chooses what somebody keeps. @throws `not-found` */
  async choose({ collections, ...choice }: KeeperChoice): Promise<void> {
    const { self } = this.#options;
    if (!self.state.peek().contacts.has(choice.person))
      throw new CoreError("not-found", { what: "contact" });
    await self.decide(({ keepers }) => {
      const isMachine = keepers.get(choice.person)?.isMachine ?? false;
      const chosen = { ...choice, collections: [...collections], isMachine };
      return { entries: [{ type: "keeper", ...chosen }], result: null };
    });
  }

  /** Spaces of mine that somebody is to keep; none when it ended. */
  spacesFor(keeper: MyKeeper): readonly Space[] {
    const { self, spaces, clock, identity } = this.#options;
    const isOver = keeper.until !== null && keeper.until <= clock.now();
    if (keeper.mode === "stopped" || isOver) return [];
    const feeds = keeper.feeds
      ? self.state.peek().feeds.map(({ charter }) => spaceIdOf(charter))
      : [];
    return [...feeds, ...keeper.collections].flatMap((id) => {
      const space = spaces.get(id);
      return space?.charter.founder === identity.person ? [space] : [];
    });
  }

  /** Who is asked on a line for what they keep; null when they keep nothing for me. */
  targetOn(line: KeepLine, sealed: SealedLine): CheckTarget | null {
    const { session } = line;
    const person = session.person.peek();
    const keeper = person === null ? null : this.keeper(person);
    if (keeper === null || session.isSpare.peek()) return null;
    if (!isContactLine(this.#options.self, session, keeper.person)) return null;
    const isBlind = keeper.mode === "blind";
    const spaces = this.spacesFor(keeper);
    return { line, sealed, person: keeper.person, isBlind, spaces };
  }

  /** Bytes that somebody may still take of mine: what they hold for me, and no more than I want. */
  roomAt(person: PersonId, pledge: Pledge | null): number {
    const { bytes, used } = pledge ?? { bytes: 0, used: 0 };
    return Math.min(bytes, this.keeper(person)?.bytes ?? bytes) - used;
  }

  /** Whether somebody keeps this space of mine for me without reading it. */
  isGiven(space: Space): boolean {
    return this.all().some(
      (keeper) =>
        keeper.mode === "blind" && this.spacesFor(keeper).includes(space),
    );
  }

  /** Says what is to be kept, where a keeper was proved and what was said last is not it. */
  tell(line: KeepLine, isAgain = false): void {
    const person = line.session.person.peek();
    const keeper = person === null ? null : this.keeper(person);
    const { self } = this.#options;
    if (keeper === null || !isContactLine(self, line.session, keeper.person))
      return;
    const spaces = this.spacesFor(keeper);
    const isBlind = keeper.mode === "blind";
    const lists = (isBlind ? spaces : []).map((space) => ({
      space,
      list: this.#listOf(space),
    }));
    const readable = isBlind ? [] : spaces;
    const content = JSON.stringify([
      keeper.mode,
      keeper.bytes,
      keeper.until,
      readable.map(({ id }) => id),
      lists.map(({ list }) => list.signature),
    ]);
    if (!isAgain && this.#said.get(line) === content) return;
    this.#said.set(line, content);
    const { bytes, until } = keeper;
    line.wish(
      keeper.mode === "stopped" ? { bytes: 0, until: null } : { bytes, until },
    );
    line.read(readable);
    line.only(lists.map(({ list }) => list.keep));
    for (const { space, list } of lists)
      line.give(keepKeyOfSpace(space).readKey, list);
  }

  #listOf(space: Space): KeepList {
    const known = this.#lists.get(space.id);
    const logs = [...space.logs.keys()].sort();
    if (known?.logs.join() === logs.join()) return known;
    const { identity, clock } = this.#options;
    const list = writeKeepList(
      identity,
      keepKeyOfSpace(space).id,
      logs,
      clock.now(),
    );
    this.#lists.set(space.id, list);
    return list;
  }
}
