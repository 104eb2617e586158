import type { PersonId } from "#core/contract/ids.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Coverage, KeeperChoice } from "#core/contract/keeper-models.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal, State } from "#core/base/state.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { KeepKey } from "#core/spaces/meeting-keys.ts";
import type { Session } from "#core/spaces/session.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import { Checks } from "./checks.ts";
import type { CheckTarget } from "./checks.ts";
import { isContactLine } from "./contact-line.ts";
import { FileChecks } from "./file-checks.ts";
import { GivenFiles } from "./given-files.ts";
import { createKeepEvents } from "./keep-events.ts";
import { openKeepLine } from "./keep-line.ts";
import type { KeepEvents, KeepLine } from "./keep-line.ts";
import { KeeperSources } from "./keeper-sources.ts";
import type { KeepersOptions } from "./keepers-options.ts";
import { KeptSpaces } from "./kept-spaces.ts";
import { MemberSide } from "./member-side.ts";
import { OwnerSide } from "./owner-side.ts";
import { PledgeTelling } from "./pledge-telling.ts";
import { Pledges } from "./pledges.ts";
import { Proofs } from "./proofs.ts";
import { SealedKeeping } from "./sealed-keeping.ts";
import { openSealedLine } from "./sealed-line.ts";
import { SealedStore } from "./sealed-store.ts";
import { ReadChecks } from "./read-checks.ts";
import type { ReadKeeping } from "./read-keeping.ts";
import { Serving } from "./serving.ts";

/** What ran out is let go this often, in milliseconds. */
const EXPIRE_MS = 60_000;
/** What was kept is told again at most this often, in milliseconds. */
const TELL_MS = 1_000;

/**
 * Machines that stay on and hold copies for others (KE1): what others keep for
 * me, what I keep for others, and what a blind keeper passes on between those
 * who may read.
 */
export class Keepers implements Resource {
  readonly #options: KeepersOptions;
  readonly #lines = new Set<KeepLine>();
  readonly #changed = createTrigger();
  readonly #stops: (() => void)[] = [];
  readonly #serving: Serving;
  readonly #events: KeepEvents;
  readonly #sealed: SealedKeeping;
  readonly #sources: KeeperSources;
  #cancelTell: (() => void) | null = null;
  readonly kept: KeptSpaces;
  readonly owner: OwnerSide;
  readonly member: MemberSide;
  readonly pledges: Pledges;
  /** What others hold for me, as they say. */
  readonly telling: PledgeTelling;
  readonly given: GivenFiles;
  readonly checks: Checks;
  #reader: ContentReader | null = null;
  #exchange: Pick<Exchange, "remotes" | "shown"> | null = null;
  #readable: ReadKeeping | null = null;

  constructor(options: KeepersOptions) {
    this.#options = options;
    const { self, spaces, sessions } = options;
    const store = new SealedStore(options.folder, options.local);
    this.pledges = new Pledges(options);
    this.kept = new KeptSpaces({
      ...options,
      roomFor: (person) => this.pledges.roomFor(person),
      store,
    });
    this.#sealed = new SealedKeeping(store, this.kept, this.pledges);
    this.telling = new PledgeTelling(
      this.pledges,
      (person) => this.usedBy(person),
      options.local,
    );
    this.given = new GivenFiles(options.local);
    const proofs = new Proofs(options.local);
    this.checks = new Checks({
      ...options,
      proofs,
      files: new FileChecks({
        ...options,
        proofs,
        given: this.given,
        reader: () => this.#reader,
      }),
      readable: new ReadChecks({
        ...options,
        proofs,
        reader: () => this.#reader,
        exchange: () => this.#exchange,
      }),
      targets: () => this.targets(),
    });
    this.#serving = new Serving(options, this.kept);
    this.owner = new OwnerSide(options);
    this.member = new MemberSide(options);
    this.#sources = new KeeperSources(options);
    this.#events = createKeepEvents(this, {
      self,
      serving: this.#serving,
      telling: this.telling,
      onPledge: (person, { bytes }) => {
        // It freed all of it; what it takes later is given anew.
        if (bytes === 0) this.given.forgetAll(person);
        this.checks.soon();
        this.#changed.fire();
      },
      onRead: async (person, spaces) =>
        (await this.#readable?.keep(person, spaces)) ?? null,
    });
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
      }),
      this.kept.grown.subscribe(() => {
        this.#tellLater();
      }),
      this.checks.changed.subscribe(() => {
        this.#changed.fire();
      }),
      self.state.subscribe(look),
      spaces.changed.subscribe(look),
      options.clock.every(EXPIRE_MS, () => {
        look();
        options.logger.background("keeping", this.#expire());
      }),
    );
  }

  async start(): Promise<void> {
    await this.kept.start();
  }

  async close(): Promise<void> {
    this.#cancelTell?.();
    for (const stop of this.#stops) stop();
    await this.kept.close();
    await this.checks.close();
  }

  /** What is here to compare with what keepers show, and who of them may read it. */
  readFrom(
    reader: ContentReader,
    exchange: Pick<Exchange, "remotes" | "shown">,
  ): void {
    this.#reader = reader;
    this.#exchange = exchange;
  }

  /** Who keeps what may be read. */
  keepReadable(readable: ReadKeeping): void {
    this.#readable = readable;
    this.#stops.push(
      readable.changed.subscribe(() => {
        this.#tellLater();
      }),
    );
  }

  /** Bytes taken for somebody in all. */
  usedBy(person: PersonId): number {
    return this.kept.usedBy(person) + (this.#readable?.usedBy(person) ?? 0);
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
    await this.owner.choose(choice);
    this.checks.soon();
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
    if (this.pledges.roomFor(person) === 0) await this.#letGo(person);
    else this.kept.limit(person);
    this.#changed.fire();
  }

  /** Keeps for whoever takes an invite, so many bytes in all, shared among so many people. */
  async keepForAll(bytes: number, people: number): Promise<void> {
    await this.pledges.share(bytes, people, (person) => this.usedBy(person));
    this.#changed.fire();
  }

  /** What was seen of what a keeper has. */
  coverageOf(person: PersonId): Coverage {
    const keeper = this.owner.keeper(person);
    const spaces = keeper === null ? [] : this.owner.spacesFor(keeper);
    return this.checks.coverage(person, spaces);
  }

  /** Blind keepers that are up, as sources of files. */
  get remotes(): State<readonly Remote[]> {
    return this.#sources.remotes;
  }

  /** Lines to those who keep for me, and what they are to keep. */
  targets(): readonly CheckTarget[] {
    return this.#sources
      .lines()
      .flatMap(([line, sealed]) => this.owner.targetOn(line, sealed) ?? []);
  }

  #attach(session: Session): void {
    const line = openKeepLine(session, this.#events);
    this.#lines.add(line);
    this.#sources.open(line, openSealedLine(session, this.#sealed));
    const look = (): void => {
      this.#look(line);
    };
    session.person.subscribe(look);
    session.common.subscribe(look);
    session.keeps.subscribe(look);
    session.isSpare.subscribe(look);
    session.closed.then(
      () => {
        this.#lines.delete(line);
        this.#sources.close(line);
      },
      () => undefined,
    );
  }

  #look(line: KeepLine): void {
    this.owner.tell(line);
    this.member.join(line.session);
    this.#serving.offer(line);
    this.#sources.update(
      line,
      this.member.spacesKeptOn(line.session).map(({ id }) => id),
    );
    this.#tellLater();
  }

  /** Frees what is kept for somebody. */
  async #letGo(person: PersonId): Promise<void> {
    await this.kept.only(person, new Set());
    await this.#readable?.keep(person, []);
  }

  /** Frees what is kept for those whose time is over. */
  async #expire(): Promise<void> {
    for (const person of this.pledges.people())
      if (this.pledges.roomFor(person) === 0) await this.#letGo(person);
  }

  #tellLater(): void {
    this.#cancelTell ??= this.#options.clock.after(TELL_MS, () => {
      this.#cancelTell = null;
      this.#changed.fire();
      for (const each of this.#lines) this.#tell(each);
    });
  }

  #tell(line: KeepLine): void {
    const person = line.session.person.peek();
    if (
      person !== null &&
      isContactLine(this.#options.self, line.session, person)
    )
      this.telling.tell(line, person);
  }
}
