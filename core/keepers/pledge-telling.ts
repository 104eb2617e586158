import type { PersonId } from "#core/contract/ids.ts";
import type { KeepLine } from "./keep-line.ts";
import type { Pledge } from "./keep-messages.ts";
import type { Pledges } from "./pledges.ts";

/** Tells those for whom something is kept how much that is, and hears it from others. */
export class PledgeTelling {
  readonly #pledges: Pledges;
  readonly #usedBy: (person: PersonId) => number;
  /** What was last told on a line. */
  readonly #told = new WeakMap<KeepLine, string>();
  readonly #heard = new Map<PersonId, Pledge>();

  constructor(pledges: Pledges, usedBy: (person: PersonId) => number) {
    this.#pledges = pledges;
    this.#usedBy = usedBy;
  }

  /** What somebody holds for me, as they said last; null before. */
  heard(person: PersonId): Pledge | null {
    return this.#heard.get(person) ?? null;
  }

  /** Notes what somebody said; true when it is more than before. */
  hear(person: PersonId, pledge: Pledge): boolean {
    const before = this.#heard.get(person)?.bytes ?? 0;
    this.#heard.set(person, pledge);
    return before < pledge.bytes;
  }

  /** Tells the contact at the other end of a line, when it is news. */
  tell(line: KeepLine, person: PersonId): void {
    const pledge = this.#pledges.to(person) ?? { bytes: 0, until: null };
    const message = { ...pledge, used: this.#usedBy(person) };
    const content = JSON.stringify(message);
    const before = this.#told.get(line);
    // Nobody is told that nothing is promised, unless something was.
    const isNothing = before === undefined && pledge.bytes === 0;
    if (before === content || isNothing) return;
    this.#told.set(line, content);
    line.pledge(message);
  }
}
