import type { PersonId } from "#core/contract/ids.ts";
import type { State } from "#core/base/state.ts";
import type { Address } from "#core/network/port.ts";
import type { Self } from "#core/self/self.ts";
import type { SelfContact } from "#core/self/self-state.ts";
import { spaceIdOf, writeSpaceLink } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { ContactLine } from "./contact-lines.ts";
import { FEEDS_MOST } from "./contact-messages.ts";
import type { Card } from "./contact-messages.ts";
import type { Encounters } from "./encounters.ts";
import type { Helpers } from "./helpers.ts";

/** Feeds of one contact that are kept: as many as fit the entry that names them. */
const FEEDS_OF_CONTACT = 256;

export interface ContactCardsOptions {
  readonly self: Self;
  readonly encounters: Encounters;
  /** The name to give when asking or answering. */
  readonly ownName: () => string;
  /** Where this device can be dialled now. */
  readonly addresses: () => readonly Address[];
  /** Under which key this device carries lines for contacts (ME9). */
  readonly helperKey: State<Buffer | null>;
  readonly helpers: Helpers;
  /** Another contact helps now, or helps no more. */
  readonly onHelpers: () => void;
}

/**
 * The card that contacts give each other on every line: name, feeds with their
 * keys, addresses of the moment. It is how the feeds first come over (IN2), and
 * how later chapters do (SP8).
 */
export class ContactCards {
  readonly #options: ContactCardsOptions;
  readonly #sent = new WeakMap<ContactLine, string>();

  constructor(options: ContactCardsOptions) {
    this.#options = options;
  }

  /** Sends the card where a contact was proved, once for each line and content. */
  send(line: ContactLine): void {
    const { self, ownName, addresses, helperKey } = this.#options;
    const { session } = line;
    const person = session.person.peek();
    const contact = person === null ? null : this.#contact(person);
    if (contact === null) return;
    const conversation = spaceIdOf(contact.conversation.charter);
    if (!session.common.peek().has(conversation)) return;
    const card = {
      name: ownName(),
      feeds: this.#mayRead(contact.person)
        ? newest(self.state.peek().feeds).map(writeSpaceLink)
        : [],
      addresses: addresses(),
      helper: helperKey.peek()?.toString("hex") ?? null,
    };
    const content = JSON.stringify(card);
    if (this.#sent.get(line) === content) return;
    this.#sent.set(line, content);
    line.card(card);
  }

  /** Takes a card in; answers with the contact when there is something new to hold. */
  async receive(person: PersonId, card: Card): Promise<SelfContact | null> {
    const { self, encounters } = this.#options;
    if (this.#contact(person) === null) return null;
    encounters.noteAddresses(person, card.addresses);
    const { helpers, onHelpers } = this.#options;
    if (helpers.note(person, card.helper ?? null)) onHelpers();
    const theirs = card.feeds.filter(
      ({ charter }) => charter.kind === "feed" && charter.founder === person,
    );
    return await self.decide(({ contacts }) => {
      const contact = contacts.get(person);
      if (contact === undefined || contact.removed)
        return { entries: [], result: null };
      const feeds = joined(contact.feeds, theirs);
      const isNews =
        card.name !== contact.name || feeds.length > contact.feeds.length;
      if (!isNews) return { entries: [], result: null };
      const { nickname, ...entry } = contact;
      const next = { ...entry, name: card.name, feeds };
      return { entries: [next], result: { ...next, nickname } };
    });
  }

  /** A machine that only keeps is given no key, unless it was let read (FI10). */
  #mayRead(person: PersonId): boolean {
    const keeper = this.#options.self.state.peek().keepers.get(person);
    if (keeper?.isMachine !== true) return true;
    return keeper.mode === "readable" && keeper.feeds;
  }

  #contact(person: PersonId): SelfContact | null {
    const contact = this.#options.self.state.peek().contacts.get(person);
    return contact === undefined || contact.removed ? null : contact;
  }
}

/** As many feeds as a card may name: the last chapters, and the open feed wherever it stands. */
function newest(feeds: readonly SpaceLink[]): readonly SpaceLink[] {
  if (feeds.length <= FEEDS_MOST) return feeds;
  const isOpen = ({ charter }: SpaceLink) =>
    charter.kind === "feed" && charter.audience === "link";
  const open = feeds.filter(isOpen).slice(-1);
  const others = feeds.filter((link) => !isOpen(link));
  return [...open, ...others.slice(open.length - FEEDS_MOST)];
}

/** What was known stays known: chapters that a card no longer names are read on. */
function joined(
  known: readonly SpaceLink[],
  named: readonly SpaceLink[],
): SpaceLink[] {
  const ids = new Set(known.map(({ charter }) => spaceIdOf(charter)));
  const fresh = named.filter(({ charter }) => !ids.has(spaceIdOf(charter)));
  return [...known, ...fresh].slice(0, FEEDS_OF_CONTACT);
}
