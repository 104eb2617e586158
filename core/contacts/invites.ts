import { CoreError } from "#core/contract/errors.ts";
import type { InviteId, PersonId } from "#core/contract/ids.ts";
import type {
  Invites as InvitesState,
  LinkPreview,
  MadeInvite,
  OpenedInvite,
} from "#core/contract/contact-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import type { Address } from "#core/network/port.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { SelfEntry } from "#core/self/self-entries.ts";
import type { SelfInvite, SelfOpened } from "#core/self/self-state.ts";
import { spaceIdOf, type SpaceLink } from "#core/spaces/charter.ts";
import type { InviteKey } from "#core/spaces/meeting-keys.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { Contacts } from "./contacts.ts";
import {
  collectionOf,
  decodeLink,
  encodeLink,
  feedOf,
  inviteKeys,
} from "./link.ts";
import type { InviteLink } from "./link.ts";

export interface InvitesOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly people: People;
  readonly contacts: Contacts;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: LocalSettings;
  /** The open feed that an invite lets its holder read at once (IN5). */
  readonly openFeed: () => SpaceLink;
  /** Runs `work` with the network awake and the addresses of this device, for the hints (IN1). */
  readonly whileAwake: <T>(
    work: (hints: readonly Address[]) => Promise<T>,
  ) => Promise<T>;
  /** Starts following a collection whose link was opened. */
  readonly followCollection: (
    link: SpaceLink,
    title: string,
    hints: readonly Address[],
  ) => Promise<void>;
}

interface NewInvite {
  readonly lifeMs: number;
  readonly uses: number;
  readonly message: string;
}

interface CreatedInvite {
  readonly invite: InviteId;
  readonly link: string;
}

/** Makes, reads, opens and ends invites; what happens on the line is the contacts' work. */
export class Invites {
  readonly #options: InvitesOptions;

  constructor(options: InvitesOptions) {
    this.#options = options;
  }

  /** Makes an invite; it is on disk before the link exists. */
  create(input: NewInvite): Promise<CreatedInvite> {
    const { self, whileAwake } = this.#options;
    return self.state.peek().settings.sendHints
      ? whileAwake((hints) => this.#create(input, hints))
      : this.#create(input, []);
  }

  async #create(
    input: NewInvite,
    hints: readonly Address[],
  ): Promise<CreatedInvite> {
    const { me, self, people, clock, random, openFeed, settings } =
      this.#options;
    const seed = random.bytes(16);
    const { charter, readKey } = openFeed();
    const madeAt = clock.now();
    const expiresAt = Math.floor((madeAt + input.lifeMs) / 1000) * 1000;
    const link = encodeLink({
      kind: "invite",
      person: me,
      name: people.ownName(me),
      message: input.message,
      isKeeper: settings.keepForAll !== null,
      seed,
      expiresAt,
      feed: { nonce: Buffer.from(charter.nonce, "hex"), readKey },
      hints: hints.slice(0, 8),
    });
    const { invite } = inviteKeys(seed);
    await self.append({
      type: "invite",
      invite,
      link,
      madeAt,
      expiresAt,
      uses: input.uses,
      message: input.message,
    });
    return { invite, link };
  }

  async setWithdrawn(invite: InviteId, withdrawn: boolean): Promise<void> {
    const { self } = this.#options;
    if (!self.state.peek().invites.has(invite))
      throw new CoreError("not-found", { what: "invite" });
    await self.append({ type: "invite-withdrawn", invite, withdrawn });
  }

  /** Says what a link is; acts on nothing and tells nobody (IN6). */
  preview(text: string): LinkPreview {
    const link = decodeLink(text);
    const { self, spaces, me } = this.#options;
    if (link.kind === "collection")
      return {
        kind: "collection",
        collection: spaceIdOf(collectionOf(link).charter),
        person: link.founder,
        title: link.title,
        known: spaces.get(spaceIdOf(collectionOf(link).charter)) !== null,
      };
    this.#checkOpenable(link);
    const contact = self.state.peek().contacts.get(link.person);
    return {
      kind: "invite",
      invite: inviteKeys(link.seed).invite,
      person: link.person,
      name: link.name,
      message: link.message,
      expiresAt: link.expiresAt,
      isKeeper: link.isKeeper,
      known: link.person === me || (contact !== undefined && !contact.removed),
    };
  }

  /** Acts on a link: starts to ask its maker, or follows the collection. */
  async open(text: string): Promise<void> {
    const link = decodeLink(text);
    const { self, spaces, clock } = this.#options;
    if (link.kind === "collection") {
      await this.#options.followCollection(
        collectionOf(link),
        link.title,
        link.hints,
      );
      return;
    }
    this.#checkOpenable(link);
    const { invite } = inviteKeys(link.seed);
    const feed = feedOf(link);
    await spaces.hold(feed);
    await self.append(
      // Before anything is said to it: a keeper gets no key to any feed by itself.
      ...this.#newKeeper(link),
      { type: "hold", link: feed },
      { type: "opened", invite, link: text.trim(), openedAt: clock.now() },
    );
  }

  #newKeeper({ isKeeper, person }: InviteLink): readonly SelfEntry[] {
    const { keepers } = this.#options.self.state.peek();
    if (!isKeeper || keepers.has(person)) return [];
    return [
      {
        type: "keeper",
        person,
        mode: "blind",
        isMachine: true,
        feeds: true,
        collections: [],
        bytes: null,
        until: null,
      },
    ];
  }

  async close(invite: InviteId): Promise<void> {
    await this.#options.self.append({
      type: "opened-ended",
      invite,
      outcome: "closed",
    });
  }

  /** What this device looks for and is found by, as invites go. */
  keys(): readonly InviteKey[] {
    const { self, clock } = this.#options;
    const { invites, opened } = self.state.peek();
    // A used or withdrawn invite is still answered, with that answer (IN4).
    const made = [...invites.values()]
      .filter(({ expiresAt }) => expiresAt > clock.now())
      .flatMap(({ link }) => keyOf(link, true));
    const waiting = this.#waiting(opened).flatMap(({ link }) =>
      keyOf(link, false),
    );
    return [...made, ...waiting];
  }

  /** Addresses in the links that still wait. */
  hints(): readonly Address[] {
    const { opened } = this.#options.self.state.peek();
    return this.#waiting(opened).flatMap(
      (entry) => decodeLink(entry.link).hints,
    );
  }

  state(): InvitesState {
    const { self } = this.#options;
    const { invites, opened } = self.state.peek();
    const newestFirst = <T extends { readonly at: number }>(a: T, b: T) =>
      b.at - a.at;
    return {
      made: [...invites.values()]
        .map((invite) => ({ at: invite.madeAt, row: this.#made(invite) }))
        .sort(newestFirst)
        .map(({ row }) => row),
      opened: [...opened.values()]
        .filter(({ outcome }) => outcome !== "closed")
        .map((entry) => ({ at: entry.openedAt, row: this.#opened(entry) }))
        .sort(newestFirst)
        .map(({ row }) => row),
    };
  }

  #made(entry: SelfInvite): MadeInvite {
    const { people, contacts } = this.#options;
    const { invite, link, madeAt, expiresAt, uses, message } = entry;
    return {
      invite,
      link,
      madeAt,
      expiresAt,
      uses,
      message,
      takenBy: entry.takenBy.map((person) => people.label(person)),
      withdrawn: entry.withdrawn,
      requests: contacts.requestsFor(invite).map(({ person, request }) => ({
        person,
        name: request.name,
        message: request.message,
      })),
    };
  }

  #opened(entry: SelfOpened): OpenedInvite {
    const { clock, contacts } = this.#options;
    const link = inviteOf(entry.link);
    const { invite, openedAt, outcome } = entry;
    const base = { invite, person: link.person, name: link.name, openedAt };
    if (outcome === "done") return { ...base, state: { stage: "done" } };
    if (outcome !== null && outcome !== "closed")
      return { ...base, state: { stage: "refused", reason: outcome } };
    if (link.expiresAt <= clock.now())
      return { ...base, state: { stage: "refused", reason: "invite-expired" } };
    return {
      ...base,
      state: { stage: contacts.hasAsked(invite) ? "asked" : "waiting" },
    };
  }

  #waiting(opened: ReadonlyMap<InviteId, SelfOpened>): readonly SelfOpened[] {
    const now = this.#options.clock.now();
    return [...opened.values()].filter(
      ({ outcome, link }) => outcome === null && inviteOf(link).expiresAt > now,
    );
  }

  /** @throws `invite-own`, `invite-expired` */
  #checkOpenable(link: InviteLink): void {
    const { me, clock } = this.#options;
    if (link.person === me) throw new CoreError("invite-own", {});
    if (link.expiresAt <= clock.now())
      throw new CoreError("invite-expired", { expiredAt: link.expiresAt });
  }
}

function inviteOf(text: string): InviteLink {
  const link = decodeLink(text);
  if (link.kind !== "invite") throw new Error("a collection is not an invite");
  return link;
}

function keyOf(text: string, isMine: boolean): readonly InviteKey[] {
  const link = inviteOf(text);
  const { invite, readKey } = inviteKeys(link.seed);
  return [
    { kind: "invite", id: invite, readKey, from: isMine ? null : link.person },
  ];
}
