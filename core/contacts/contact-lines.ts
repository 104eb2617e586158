import { INVITE_TRIES_PER_MINUTE } from "#core/contract/limits.ts";
import type { InviteId, PersonId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { messageKind, openJsonChannel } from "#core/spaces/channel.ts";
import type { JsonChannel } from "#core/spaces/channel.ts";
import type { Session, Sessions } from "#core/spaces/session.ts";
import {
  ANSWER,
  answerSchema,
  CARD,
  cardSchema,
  CONTACT_PROTOCOL,
  REQUEST,
  requestSchema,
} from "./contact-messages.ts";
import type { Answer, Card, Request } from "./contact-messages.ts";

/** What the contacts feature does with what comes over the lines. */
export interface ContactEvents {
  /** An invite of mine or one I opened is common on this line now. */
  onInvite(line: ContactLine, invite: InviteId): void;
  onRequest(
    line: ContactLine,
    person: PersonId,
    request: Request,
  ): Promise<void>;
  onAnswer(line: ContactLine, person: PersonId, answer: Answer): Promise<void>;
  onCard(line: ContactLine, person: PersonId, card: Card): Promise<void>;
  /** The person at the other end, or what we have in common, changed. */
  onChanged(line: ContactLine): void;
}

/** One line, as the contacts feature sees it. */
export interface ContactLine {
  readonly session: Session;
  request(message: Request): void;
  answer(message: unknown): void;
  card(message: unknown): void;
}

/** Opens the contact channel on every line and checks who may say what (IN2). */
export function openContactLines(
  sessions: Sessions,
  clock: Clock,
  events: ContactEvents,
): ReadonlySet<ContactLine> {
  const lines = new Set<ContactLine>();
  sessions.onSession((session) => {
    const line = openLine(session, clock, events);
    lines.add(line);
    session.closed.then(
      () => {
        lines.delete(line);
        events.onChanged(line);
      },
      () => undefined,
    );
  });
  return lines;
}

function openLine(
  session: Session,
  clock: Clock,
  events: ContactEvents,
): ContactLine {
  const isTooOften = rateLimit(clock);
  /** Everything here is between persons: nothing counts before the other end proved who it is. */
  function proven(): PersonId | null {
    const person = session.person.peek();
    if (person === null) session.fault("contact-unproven");
    return person;
  }
  const channel: JsonChannel = openJsonChannel(
    session.mux,
    CONTACT_PROTOCOL,
    session,
    [
      messageKind(requestSchema, async (request) => {
        const person = proven();
        if (person === null) return;
        if (!session.invites.peek().has(request.invite) || isTooOften())
          session.fault("invite-try");
        else await events.onRequest(line, person, request);
      }),
      messageKind(answerSchema, async (answer) => {
        const person = proven();
        if (person !== null) await events.onAnswer(line, person, answer);
      }),
      messageKind(cardSchema, async (card) => {
        const person = proven();
        if (person !== null) await events.onCard(line, person, card);
      }),
    ],
    () => undefined,
  );
  const line: ContactLine = {
    session,
    request: (message) => {
      channel.send(REQUEST, message);
    },
    answer: (message) => {
      channel.send(ANSWER, message);
    },
    card: (message) => {
      channel.send(CARD, message);
    },
  };
  function changed(): void {
    events.onChanged(line);
    for (const invite of session.invites.peek()) events.onInvite(line, invite);
  }
  session.answering.subscribe(() => {
    events.onChanged(line);
  });
  session.person.subscribe(changed);
  session.common.subscribe(changed);
  session.invites.subscribe(changed);
  return line;
}

/** True once more than the allowed tries came within a minute (LI, H7). */
function rateLimit(clock: Clock): () => boolean {
  let times: number[] = [];
  return () => {
    const now = clock.monotonic();
    times = times.filter((time) => now - time < 60_000);
    times.push(now);
    return times.length > INVITE_TRIES_PER_MINUTE;
  };
}
