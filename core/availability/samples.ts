import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { int } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import type { Ledger } from "./ledger.ts";

/** How the random checks of one person in one collection went. */
export interface Sample {
  /** When they were last asked about every file. */
  readonly askedAt: number;
  /** Checks passed since the last one that was not. */
  readonly passed: number;
  readonly passedAt: number;
  /** When they last claimed what they could not show; 0 for never. */
  readonly caughtAt: number;
}

/**
 * Random files somebody has to show before their word is taken for the rest of
 * a collection. Who lacks one file in twenty passes 60 checks one time in
 * twenty; who lacks one in ten, one time in 500.
 */
export const SAMPLE_FILES = 60;
/** A sample is too old after this, and its word counts no more until it was renewed. */
export const SAMPLE_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

const NONE: Sample = { askedAt: 0, passed: 0, passedAt: 0, caughtAt: 0 };

/** Random checks, durable. */
export class Samples {
  readonly #db: Database;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #known = new Map<string, Sample>();

  constructor(db: Database, ledger: Ledger, clock: Clock) {
    this.#db = db;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  of(person: PersonId, space: SpaceId): Sample {
    const key = `${person} ${space}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = this.#ledger.people.get(person);
    const found =
      number === undefined
        ? null
        : this.#db.get(
            "SELECT * FROM availability_samples WHERE person = ? AND space = ?",
            [number, space],
            (row) => ({
              askedAt: int(row, "asked_ms"),
              passed: int(row, "passed"),
              passedAt: int(row, "passed_ms"),
              caughtAt: int(row, "caught_ms"),
            }),
          );
    this.#known.set(key, found ?? NONE);
    return found ?? NONE;
  }

  /** Whether enough was shown, and lately, that their word is taken for the rest. */
  isTrusted(person: PersonId, space: SpaceId): boolean {
    const { passed, passedAt } = this.of(person, space);
    return (
      passed >= SAMPLE_FILES && this.#clock.now() - passedAt < SAMPLE_LIFE_MS
    );
  }

  asked(person: PersonId, space: SpaceId): void {
    this.#set(person, space, { askedAt: this.#clock.now() });
  }

  passed(person: PersonId, space: SpaceId): void {
    const { passed } = this.of(person, space);
    const passedAt = this.#clock.now();
    this.#set(person, space, { passed: passed + 1, passedAt });
  }

  /** What was passed before counts no more. */
  caught(person: PersonId, space: SpaceId): void {
    this.#set(person, space, { passed: 0, caughtAt: this.#clock.now() });
  }

  #set(person: PersonId, space: SpaceId, change: Partial<Sample>): void {
    const next = { ...this.of(person, space), ...change };
    const { askedAt, passed, passedAt, caughtAt } = next;
    this.#db.run(
      `INSERT OR REPLACE INTO availability_samples
         (person, space, asked_ms, passed, passed_ms, caught_ms)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        this.#ledger.personNumber(person),
        space,
        askedAt,
        passed,
        passedAt,
        caughtAt,
      ],
    );
    this.#known.set(`${person} ${space}`, next);
  }
}
