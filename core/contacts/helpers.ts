import type { PersonId } from "#core/contract/ids.ts";

/**
 * Contacts that carry lines for others (ME9), as they said on their own lines. The
 * keys live for one run of theirs, so nothing of it is kept.
 */
export class Helpers {
  readonly #keys = new Map<PersonId, string>();

  /** Notes what a contact said last; true when that is news. */
  note(person: PersonId, key: string | null): boolean {
    if ((this.#keys.get(person) ?? null) === key) return false;
    if (key === null) this.#keys.delete(person);
    else this.#keys.set(person, key);
    return true;
  }

  has(person: PersonId): boolean {
    return this.#keys.has(person);
  }

  /** The keys of all helpers, the one that said so last first. */
  keys(): readonly Buffer[] {
    return [...this.#keys.values()]
      .reverse()
      .map((key) => Buffer.from(key, "hex"));
  }

  /** Who helps with this key; null when nobody does any more. */
  personOf(key: Buffer): PersonId | null {
    const text = key.toString("hex");
    for (const [person, known] of this.#keys) if (known === text) return person;
    return null;
  }
}
