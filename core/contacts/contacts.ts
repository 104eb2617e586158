import { CoreError } from "#core/contract/errors.ts";
import type { InviteId, PersonId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { anyOf, createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { SelfEntry } from "#core/self/self-entries.ts";
import type { SelfContact } from "#core/self/self-state.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Sessions } from "#core/spaces/session.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { ContactCards } from "./contact-cards.ts";
import type { ContactCardsOptions } from "./contact-cards.ts";
import { openContactLines } from "./contact-lines.ts";
import type { ContactEvents, ContactLine } from "./contact-lines.ts";
import { writeAnswer } from "./contact-messages.ts";
import type { Answer, Card, Request } from "./contact-messages.ts";
import { answerTo, decideRequest, welcomed } from "./invite-decision.ts";
import type { Decision } from "./invite-decision.ts";
import { decodeLink } from "./link.ts";
import {
  isPairConversation,
  newPairConversation,
} from "./pair-conversation.ts";
import { PendingRequests, type PendingRequest } from "./pending-requests.ts";

export interface ContactsOptions extends ContactCardsOptions {
  readonly me: PersonId;
  readonly spaces: Spaces;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Makes and holds a contacts feed with a new key, not written down yet (SP8). */
  readonly newChapter: () => Promise<SpaceLink>;
  /** A contact was removed, and the new chapter is the one that is written to. */
  readonly onRemoved: () => Promise<void>;
}

/** Makes two people contacts over a proven line, and keeps contacts told (IN2–IN4). */
export class Contacts implements ContactEvents {
  readonly #options: ContactsOptions;
  readonly #lines: ReadonlySet<ContactLine>;
  readonly #pending = new PendingRequests();
  readonly #asked = new Set<InviteId>();
  readonly #cards: ContactCards;
  readonly #changed = createTrigger();

  constructor(options: ContactsOptions) {
    this.#options = options;
    this.#cards = new ContactCards(options);
    this.#lines = openContactLines(options.sessions, options.clock, this);
    anyOf(options.self.state, options.helperKey).subscribe(() => {
      for (const line of this.#lines) this.#cards.send(line);
    });
  }

  /** Fires when presence, requests or what was asked changed. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Holds the conversation and the feeds of every contact. */
  async start(): Promise<void> {
    for (const contact of this.#options.self.state.peek().contacts.values())
      if (!contact.removed) await this.#hold(contact);
  }

  /** Lines to a contact that are up now. */
  linesTo(person: PersonId): readonly ContactLine[] {
    return [...this.#lines].filter(
      ({ session }) => session.person.peek() === person,
    );
  }

  requestsFor(invite: InviteId): readonly PendingRequest[] {
    return this.#pending.of(invite);
  }

  /** Whether the maker of an invite that I opened has heard of me and decides by hand. */
  hasAsked(invite: InviteId): boolean {
    return this.#asked.has(invite);
  }

  /** Says yes or no to somebody who opened an invite for several. */
  async answerRequest(
    invite: InviteId,
    person: PersonId,
    isAccepted: boolean,
  ): Promise<void> {
    const pending = this.#pending.take(invite, person, isAccepted);
    if (pending === null) throw new CoreError("not-found", { what: "request" });
    this.#changed.fire();
    if (!isAccepted) return;
    const decision = await this.#decide(person, pending.request, true);
    for (const line of this.linesTo(person))
      this.#answer(line, invite, decision);
  }

  async setNickname(person: PersonId, nickname: string | null): Promise<void> {
    const trimmed = nickname?.trim() ?? "";
    await this.#options.self.append({
      type: "nickname",
      person,
      nickname: trimmed === "" ? null : trimmed,
    });
  }

  /** Removes a contact, or takes them back. Nothing of theirs is deleted from the disk. */
  async setRemoved(person: PersonId, isRemoved: boolean): Promise<void> {
    const { self, newChapter, onRemoved } = this.#options;
    if (!self.state.peek().contacts.has(person))
      throw new CoreError("not-found", { what: "contact" });
    // One write for both: no crash may leave the removed one with the current key.
    const begun: SelfEntry[] = isRemoved
      ? [{ type: "feed", link: await newChapter() }]
      : [];
    const contact = await self.decide((state) => {
      const now = state.contacts.get(person);
      if (now === undefined || now.removed === isRemoved)
        return { entries: [], result: null };
      const { nickname: _, ...entry } = now;
      return {
        entries: [{ ...entry, removed: isRemoved }, ...begun],
        result: now,
      };
    });
    if (contact === null) return;
    if (!isRemoved) {
      await this.#hold(contact);
      return;
    }
    for (const line of this.linesTo(person)) line.session.line.close();
    for (const link of [contact.conversation, ...contact.feeds])
      await this.#options.spaces.drop(spaceIdOf(link.charter));
    await onRemoved();
  }

  onInvite(line: ContactLine, invite: InviteId): void {
    const { self, ownName } = this.#options;
    const opened = self.state.peek().opened.get(invite);
    if (opened === undefined || opened.outcome !== null) return;
    const link = decodeLink(opened.link);
    const isInviter =
      link.kind === "invite" && line.session.person.peek() === link.person;
    if (isInviter) line.request({ invite, name: ownName(), message: "" });
  }

  async onRequest(
    line: ContactLine,
    person: PersonId,
    request: Request,
  ): Promise<void> {
    const decision = await this.#decide(person, request, false);
    if (decision.kind === "foreign") {
      line.session.fault("invite-foreign");
      return;
    }
    if (decision.kind === "asked") this.#wait(person, request);
    this.#answer(line, request.invite, decision);
  }

  /** Decides on a request that came sealed, of a person who proved themself in it (IN5). */
  async onParkedRequest(
    person: PersonId,
    request: Request,
  ): Promise<Answer | null> {
    const decision = await this.#decide(person, request, false);
    const { invite } = request;
    const isNews = !this.#pending.has(invite, person);
    if (this.#pending.isDeclined(invite, person)) return null;
    if (decision.kind === "asked" && isNews) this.#wait(person, request);
    return answerTo(invite, decision);
  }

  async onAnswer(
    line: ContactLine,
    person: PersonId,
    answer: Answer,
  ): Promise<void> {
    const rule = await this.takeAnswer(person, answer);
    if (rule !== null) line.session.fault(rule);
  }

  /** Does what an answer says; the rule it breaks, or null. Whose it is was proved before. */
  async takeAnswer(person: PersonId, answer: Answer): Promise<string | null> {
    const { self, clock, encounters } = this.#options;
    const { invite } = answer;
    const opened = self.state.peek().opened.get(invite);
    if (opened === undefined || opened.outcome !== null) return null;
    const link = decodeLink(opened.link);
    if (link.kind !== "invite" || link.person !== person)
      return "answer-of-another";
    if (answer.outcome === "asked") {
      this.#asked.add(invite);
      this.#changed.fire();
      return null;
    }
    if (answer.outcome === "refused") {
      await self.append({
        type: "opened-ended",
        invite,
        outcome: answer.reason,
      });
      return null;
    }
    const { conversation } = answer;
    if (!isPairConversation(conversation, [person, this.#options.me]))
      return "conversation-of-others";
    const { name, hints } = link;
    const now = clock.now();
    // Their card says it newer; but one of us may be gone before it comes.
    if (encounters.addressesOf(person).length === 0)
      encounters.noteAddresses(person, hints);
    await self.decide((state) => ({
      entries: welcomed(state, { invite, person, name, conversation, now }),
      result: null,
    }));
    const contact = self.state.peek().contacts.get(person);
    if (contact !== undefined) await this.#hold(contact);
    return null;
  }

  async onCard(
    _line: ContactLine,
    person: PersonId,
    card: Card,
  ): Promise<void> {
    const next = await this.#cards.receive(person, card);
    if (next !== null) await this.#hold(next);
  }

  onChanged(line: ContactLine): void {
    const { encounters, clock } = this.#options;
    const person = line.session.person.peek();
    const { answering, line: under } = line.session;
    // A line that ends long after its last sign of life is no new sighting.
    const isStale = !answering.peek() && under.stream.destroying;
    if (person !== null && this.#contact(person) !== null && !isStale) {
      encounters.noteSeen(person, clock.now());
    }
    this.#cards.send(line);
    this.#changed.fire();
  }

  #contact(person: PersonId): SelfContact | null {
    const contact = this.#options.self.state.peek().contacts.get(person);
    return contact === undefined || contact.removed ? null : contact;
  }

  async #decide(
    person: PersonId,
    request: Request,
    isApproved: boolean,
  ): Promise<Decision> {
    const { self, clock, me, random } = this.#options;
    const decision = await self.decide((state) =>
      decideRequest(state, {
        person,
        request,
        now: clock.now(),
        isApproved,
        newConversation: () => newPairConversation(me, person, random),
      }),
    );
    const contact = this.#contact(person);
    if (decision.kind === "welcome" && contact !== null)
      await this.#hold(contact);
    return decision;
  }

  #answer(line: ContactLine, invite: InviteId, decision: Decision): void {
    const answer = answerTo(invite, decision);
    if (answer !== null) line.answer(writeAnswer(answer));
  }

  #wait(person: PersonId, request: Request): void {
    this.#pending.add(person, request);
    this.#changed.fire();
  }

  async #hold(contact: SelfContact): Promise<void> {
    for (const link of [contact.conversation, ...contact.feeds])
      await this.#options.spaces.hold(link);
  }
}
