import type { KeepId, PersonId } from "#core/contract/ids.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { Session } from "#core/spaces/session.ts";
import type { KeptSpaces } from "./kept-spaces.ts";
import type { Pledges } from "./pledges.ts";
import type { Outcome, SealedEvents } from "./sealed-line.ts";
import type { SealedStore } from "./sealed-store.ts";

/** What a keeper does with sealed files (KE4): the giver puts, whoever shows the keep key asks. */
export class SealedKeeping implements SealedEvents {
  readonly #store: SealedStore;
  readonly #kept: KeptSpaces;
  readonly #pledges: Pledges;

  constructor(store: SealedStore, kept: KeptSpaces, pledges: Pledges) {
    this.#store = store;
    this.#kept = kept;
    this.#pledges = pledges;
  }

  missing(
    session: Session,
    keep: KeepId,
    labels: readonly string[],
  ): readonly number[] {
    const isKept = this.#isKept(session, keep);
    return labels.flatMap((label, place) =>
      isKept && this.#store.has(keep, label) ? [] : [place],
    );
  }

  async part(
    session: Session,
    keep: KeepId,
    label: string,
  ): Promise<Buffer | null> {
    return this.#isKept(session, keep)
      ? await this.#store.read(keep, label)
      : null;
  }

  async put(
    session: Session,
    person: PersonId,
    { keep, label }: { readonly keep: KeepId; readonly label: string },
    sealed: Buffer,
  ): Promise<Outcome> {
    if (!this.#isGiver(session, person, keep)) return "refused";
    const hasRoom = (): boolean =>
      this.#kept.usedBy(person) + sealed.length <=
      this.#pledges.roomFor(person);
    try {
      const isStored = await this.#store.put(keep, label, sealed, hasRoom);
      if (isStored) this.#kept.touch();
      return isStored ? "stored" : "full";
    } catch (error) {
      if (isFull(error)) return "full";
      throw error;
    }
  }

  async drop(
    session: Session,
    person: PersonId,
    keep: KeepId,
    labels: readonly string[],
  ): Promise<void> {
    if (!this.#isGiver(session, person, keep)) return;
    await this.#store.drop(keep, labels);
    this.#kept.touch();
  }

  #isKept(session: Session, keep: KeepId): boolean {
    return session.keeps.peek().has(keep) && this.#kept.get(keep) !== null;
  }

  #isGiver(session: Session, person: PersonId, keep: KeepId): boolean {
    return (
      this.#isKept(session, keep) && this.#kept.get(keep)?.person === person
    );
  }
}

function isFull(error: unknown): boolean {
  return (
    isCoreError(error, "disk-full") ||
    (error instanceof Error && "code" in error && error.code === "ENOSPC")
  );
}
