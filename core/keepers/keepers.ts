import type { LogKey, PersonId } from "#core/contract/ids.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Coverage, KeeperChoice } from "#core/contract/keeper-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Identity } from "#core/identity/identity.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { KeepList } from "#core/spaces/keep-list.ts";
import type { KeepKey } from "#core/spaces/meeting-keys.ts";
import type { Session, Sessions } from "#core/spaces/session.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { LogStore } from "#core/storage/log-store.ts";
import { openKeepLine } from "./keep-line.ts";
import type { KeepEvents, KeepLine } from "./keep-line.ts";
import type { Give, Pledge, Wish } from "./keep-messages.ts";
import { KeptSpaces } from "./kept-spaces.ts";
import { MemberSide } from "./member-side.ts";
import { OwnerSide } from "./owner-side.ts";
import { Pledges } from "./pledges.ts";
import { Serving } from "./serving.ts";

export interface KeepersOptions {
  readonly self: Self;
  readonly settings: LocalSettings;
  readonly spaces: Spaces;
  readonly logs: LogStore;
  readonly sessions: Sessions;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is shown on lines changed: the meeting place looks again. */
  readonly onKeys: () => void;
}

/** What was kept is told again at most this often, in milliseconds. */
const TELL_MS = 1_000;

/**
 * Machines that stay on and hold copies for others (KE1): what others keep for
 * me, what I keep for others, and what a blind keeper passes on between those
 * who may read.
 */
export class Keepers implements Resource, KeepEvents {
  readonly #options: KeepersOptions;
  readonly #lines = new Set<KeepLine>();
  /** The pledge that was last told on a line. */
  readonly #told = new WeakMap<KeepLine, string>();
  readonly #pledged = new Map<PersonId, Pledge>();
  readonly #changed = createTrigger();
  readonly #stops: (() => void)[] = [];
  readonly #serving: Serving;
  #cancelTell: (() => void) | null = null;
  readonly kept: KeptSpaces;
  readonly owner: OwnerSide;
  readonly member: MemberSide;
  readonly pledges: Pledges;

  constructor(options: KeepersOptions) {
    this.#options = options;
    const { self, spaces, sessions } = options;
    this.pledges = new Pledges(options);
    this.kept = new KeptSpaces({
      ...options,
      roomFor: (person) => this.pledges.roomFor(person),
      alsoUsed: () => 0,
    });
    this.#serving = new Serving(options, this.kept);
    this.owner = new OwnerSide(options);
    this.member = new MemberSide(options);
    sessions.onSession((session) => {
      this.#attach(session);
    });
    const look = (): void => {
      for (const line of this.#lines) this.#look(line);
    };
    this.#stops.push(
      this.kept.changed.subscribe(() => {
        options.onKeys();
        look();
        this.#changed.fire();
      }),
      self.state.subscribe(look),
      spaces.changed.subscribe(look),
    );
  }

  async start(): Promise<void> {
    await this.kept.start();
  }

  close(): Promise<void> {
    this.#cancelTell?.();
    for (const stop of this.#stops) stop();
    this.kept.close();
    return Promise.resolve();
  }

  /** Keep keys to show and to be found by: of what is kept here, and of every space that others may keep. */
  keys(): readonly KeepKey[] {
    const all = [
      ...this.member.keys(),
      ...this.kept.all().map(({ key }) => key),
    ];
    return [...new Map(all.map((key) => [key.id, key])).values()];
  }

  /** Fires when a keeper, or what is kept here, changed. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Chooses what somebody keeps for me. */
  async setKeeper(choice: KeeperChoice): Promise<void> {
    const { self } = this.#options;
    if (!self.state.peek().contacts.has(choice.person))
      throw new CoreError("not-found", { what: "contact" });
    await self.decide(({ keepers }) => {
      const isMachine = keepers.get(choice.person)?.isMachine ?? false;
      const { collections, ...rest } = choice;
      return {
        entries: [
          {
            type: "keeper",
            ...rest,
            collections: [...collections],
            isMachine,
          },
        ],
        result: null,
      };
    });
    this.#changed.fire();
  }

  /** Keeps so many bytes for a contact; 0 stops, and frees what was kept. */
  async setKeptFor(
    person: PersonId,
    bytes: number,
    until: number | null,
  ): Promise<void> {
    if (!this.#options.self.state.peek().contacts.has(person))
      throw new CoreError("not-found", { what: "contact" });
    await this.pledges.set(person, bytes, until);
    if (bytes === 0) await this.kept.only(person, new Set());
    else this.kept.limit(person);
    this.#changed.fire();
  }

  /** What somebody holds for me, as they said last; null before. */
  pledgeOf(person: PersonId): Pledge | null {
    return this.#pledged.get(person) ?? null;
  }

  /** What was seen of what a keeper has. */
  coverageOf(_person: PersonId): Coverage {
    return { share: null, checkedAt: null, gone: 0 };
  }

  async onPledge(
    line: KeepLine,
    person: PersonId,
    pledge: Pledge,
  ): Promise<void> {
    if (!this.#isContact(line.session, person)) return;
    const before = this.#pledged.get(person);
    this.#pledged.set(person, pledge);
    this.#changed.fire();
    // What was given before there was room for it is given again.
    if ((before?.bytes ?? 0) < pledge.bytes) this.owner.tell(line, true);
    await Promise.resolve();
  }

  async onWish(line: KeepLine, person: PersonId, wish: Wish): Promise<void> {
    if (this.#isContact(line.session, person))
      await this.pledges.onWish(person, wish.bytes);
  }

  async onGive(line: KeepLine, person: PersonId, give: Give): Promise<void> {
    if (!this.#isContact(line.session, person)) return;
    const rule = await this.kept.give(person, give.keepKey, give.list);
    if (rule !== null) line.session.fault(rule);
  }

  async onOnly(
    line: KeepLine,
    person: PersonId,
    keeps: readonly string[],
  ): Promise<void> {
    if (this.#isContact(line.session, person))
      await this.kept.only(person, new Set(keeps));
  }

  async onList(line: KeepLine, list: KeepList): Promise<void> {
    await this.member.onList(line.session, list);
  }

  onHeld(): void {
    // A claim alone is no copy: see the checks (KE5).
  }

  onAskBlock(
    line: KeepLine,
    key: LogKey,
    index: number,
  ): Promise<Buffer | null> {
    return this.#serving.block(line, key, index);
  }

  #attach(session: Session): void {
    const line = openKeepLine(session, this);
    this.#lines.add(line);
    const look = (): void => {
      this.#look(line);
    };
    session.person.subscribe(look);
    session.common.subscribe(look);
    session.keeps.subscribe(look);
    session.closed.then(
      () => this.#lines.delete(line),
      () => undefined,
    );
  }

  #look(line: KeepLine): void {
    this.owner.tell(line);
    this.member.join(line.session);
    this.#serving.offer(line);
    this.#cancelTell ??= this.#options.clock.after(TELL_MS, () => {
      this.#cancelTell = null;
      for (const each of this.#lines) this.#tellPledge(each);
    });
  }

  #tellPledge(line: KeepLine): void {
    const person = line.session.person.peek();
    if (person === null || !this.#isContact(line.session, person)) return;
    const pledge = this.pledges.to(person) ?? { bytes: 0, until: null };
    const message = { ...pledge, used: this.kept.usedBy(person) };
    const content = JSON.stringify(message);
    const before = this.#told.get(line);
    // Nobody is told that nothing is promised, unless something was.
    if (before === content || (before === undefined && pledge.bytes === 0))
      return;
    this.#told.set(line, content);
    line.pledge(message);
  }

  #isContact(session: Session, person: PersonId): boolean {
    const contact = this.#options.self.state.peek().contacts.get(person);
    return (
      contact !== undefined &&
      !contact.removed &&
      session.common.peek().has(spaceIdOf(contact.conversation.charter))
    );
  }
}
