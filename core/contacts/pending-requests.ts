import type { InviteId, PersonId } from "#core/contract/ids.ts";
import type { Request } from "./contact-messages.ts";

/** Somebody who opened an invite for several and waits for my word. */
export interface PendingRequest {
  readonly person: PersonId;
  readonly request: Request;
}

/** More than anybody goes through by hand; who made more names than that is one person. */
const PENDING_PER_INVITE = 200;

/** Who waits for my word, until the app ends: whoever still waits then asks again. */
export class PendingRequests {
  readonly #pending = new Map<string, PendingRequest>();
  /** Whom I said no to: what they left sealed is found again and again. */
  readonly #declined = new Set<string>();

  of(invite: InviteId): readonly PendingRequest[] {
    return [...this.#pending.values()].filter(
      ({ request }) => request.invite === invite,
    );
  }

  add(person: PersonId, request: Request): void {
    if (this.of(request.invite).length < PENDING_PER_INVITE)
      this.#pending.set(keyOf(request.invite, person), { person, request });
  }

  has(invite: InviteId, person: PersonId): boolean {
    return this.#pending.has(keyOf(invite, person));
  }

  isDeclined(invite: InviteId, person: PersonId): boolean {
    return this.#declined.has(keyOf(invite, person));
  }

  /** Takes a request off the list; null when nobody waits there. */
  take(
    invite: InviteId,
    person: PersonId,
    isAccepted: boolean,
  ): PendingRequest | null {
    const key = keyOf(invite, person);
    const pending = this.#pending.get(key) ?? null;
    this.#pending.delete(key);
    if (!isAccepted) this.#declined.add(key);
    return pending;
  }
}

function keyOf(invite: InviteId, person: PersonId): string {
  return `${invite} ${person}`;
}
