import type { PersonId } from "#core/contract/ids.ts";
import type { Address } from "#core/network/port.ts";
import type { Self } from "#core/self/self.ts";
import type { SelfContact } from "#core/self/self-state.ts";
import { spaceIdOf, writeSpaceLink } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { ContactLine } from "./contact-lines.ts";
import type { Card } from "./contact-messages.ts";
import type { Encounters } from "./encounters.ts";

export interface ContactCardsOptions {
  readonly self: Self;
  readonly encounters: Encounters;
  /** The name to give when asking or answering. */
  readonly ownName: () => string;
  /** Where this device can be dialled now. */
  readonly addresses: () => readonly Address[];
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
    const { self, ownName, addresses } = this.#options;
    const { session } = line;
    const person = session.person.peek();
    const contact = person === null ? null : this.#contact(person);
    if (contact === null) return;
    const conversation = spaceIdOf(contact.conversation.charter);
    if (!session.common.peek().has(conversation)) return;
    const card = {
      name: ownName(),
      feeds: self.state.peek().feeds.map(writeSpaceLink),
      addresses: addresses(),
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
    const feeds = card.feeds.filter(
      ({ charter }) => charter.kind === "feed" && charter.founder === person,
    );
    return await self.decide(({ contacts }) => {
      const contact = contacts.get(person);
      const isNews =
        contact !== undefined &&
        !contact.removed &&
        (card.name !== contact.name || idsOf(feeds) !== idsOf(contact.feeds));
      if (!isNews) return { entries: [], result: null };
      const { nickname, ...entry } = contact;
      const next = { ...entry, name: card.name, feeds };
      return { entries: [next], result: { ...next, nickname } };
    });
  }

  #contact(person: PersonId): SelfContact | null {
    const contact = this.#options.self.state.peek().contacts.get(person);
    return contact === undefined || contact.removed ? null : contact;
  }
}

function idsOf(links: readonly SpaceLink[]): string {
  return links
    .map(({ charter }) => spaceIdOf(charter))
    .sort()
    .join();
}
