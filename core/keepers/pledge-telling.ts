import * as v from "valibot";
import { personIdSchema } from "#core/contract/ids.ts";
import type { PersonId } from "#core/contract/ids.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { KeepLine } from "./keep-line.ts";
import type { Pledge } from "./keep-messages.ts";
import type { Pledges } from "./pledges.ts";

/** Tells those for whom something is kept how much that is, and hears it from others. */
export class PledgeTelling {
  readonly #pledges: Pledges;
  readonly #usedBy: (person: PersonId) => number;
  /** What was last told on a line. */
  readonly #told = new WeakMap<KeepLine, string>();
  readonly #local: Database;

  constructor(
    pledges: Pledges,
    usedBy: (person: PersonId) => number,
    local: Database,
  ) {
    this.#pledges = pledges;
    this.#usedBy = usedBy;
    this.#local = local;
  }

  /** What somebody holds for me, as they said last; null before. */
  heard(person: PersonId): Pledge | null {
    return this.#local.get(
      "SELECT bytes, until, used FROM keeper_heard WHERE person = ?",
      [person],
      readPledge,
    );
  }

  /** Those who hold room for me, and how much, as they said last. */
  holders(): ReadonlyMap<PersonId, Pledge> {
    const heard = this.#local.all(
      "SELECT person, bytes, until, used FROM keeper_heard WHERE bytes > 0",
      [],
      (row) =>
        [
          v.parse(personIdSchema, text(row, "person")),
          readPledge(row),
        ] as const,
    );
    return new Map(heard);
  }

  /** Notes what somebody said; true when it is more than before. */
  hear(person: PersonId, pledge: Pledge): boolean {
    const before = this.heard(person)?.bytes ?? 0;
    const { bytes, until, used } = pledge;
    this.#local.run(
      "INSERT OR REPLACE INTO keeper_heard (person, bytes, until, used) VALUES (?, ?, ?, ?)",
      [person, bytes, until, used],
    );
    return before < bytes;
  }

  /** Tells the contact at the other end of a line, when it is news. */
  tell(line: KeepLine, person: PersonId): void {
    const pledge = this.#pledges.to(person) ?? { bytes: 0, until: null };
    const message = { ...pledge, used: this.#usedBy(person) };
    const content = JSON.stringify(message);
    const before = this.#told.get(line);
    // Nobody is told that nothing is promised, unless something was or they want it.
    const isNothing =
      before === undefined &&
      pledge.bytes === 0 &&
      !this.#pledges.isWaiting(person);
    if (before === content || isNothing) return;
    this.#told.set(line, content);
    line.pledge(message);
  }
}

function readPledge(row: Row): Pledge {
  return {
    bytes: int(row, "bytes"),
    until: maybe(row, "until", int),
    used: int(row, "used"),
  };
}
