import type { PersonId } from "#core/contract/ids.ts";
import type { FileSum } from "#core/contract/copies-models.ts";
import type { Census } from "./census.ts";
import { PAGE_MARKS } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { isClaim, isProof } from "./marks.ts";

/** Some of the files of a census, one after another. */
export interface Part {
  readonly first: number;
  readonly count: number;
}

/** What one person has of something, as far as it was seen. */
export interface PersonTally {
  readonly person: PersonId;
  /** Shown or confirmed, or said by somebody whose sample held. */
  readonly has: FileSum;
  /** Said, and not checked. */
  readonly says: FileSum;
  /** Whether a part of `has` rests on a sample. */
  readonly isSampled: boolean;
}

export interface Tally {
  readonly all: FileSum;
  readonly here: FileSum;
  readonly people: readonly PersonTally[];
  /** Here, and seen with nobody else. */
  readonly onlyHere: FileSum;
  /** Not here, and seen with one person only. */
  readonly onlyOne: readonly {
    readonly person: PersonId;
    readonly has: FileSum;
  }[];
  /** Not here, and seen with nobody. */
  readonly unseen: FileSum;
}

interface Sum {
  files: number;
  bytes: number;
}

/** Counts who has what of a part of a collection. Pure arithmetic: a million marks took some forty milliseconds. */
export function takeTally(
  census: Census,
  ledger: Ledger,
  part: Part,
  isTrusted: (person: PersonId) => boolean,
): Tally {
  const people = [...ledger.people].map(([person, number]) => ({
    person,
    number,
    isTrusted: isTrusted(person),
    has: none(),
    says: none(),
    only: none(),
    isSampled: false,
  }));
  const marks: (Uint16Array | null)[] = people.map(() => null);
  let page = -1;
  const all = none();
  const here = none();
  const onlyHere = none();
  const unseen = none();
  const end = Math.min(census.count, part.first + part.count);
  for (let at = part.first; at < end; at++) {
    const content = census.contents[at] ?? 0;
    const size = census.sizes[at] ?? 0;
    add(all, size);
    // Numbers that were given together lie on one page.
    const its = Math.floor(content / PAGE_MARKS);
    if (its !== page) {
      page = its;
      for (const [index, { number }] of people.entries())
        marks[index] = ledger.marksOn(number, page);
    }
    let holders = 0;
    let last = null;
    for (let index = 0; index < people.length; index++) {
      const it = people[index];
      const mark = marks[index]?.[content % PAGE_MARKS] ?? 0;
      if (mark === 0 || it === undefined) continue;
      if (isProof(mark) || (it.isTrusted && isClaim(mark))) {
        add(it.has, size);
        if (isClaim(mark)) it.isSampled = true;
        holders++;
        last = it;
      } else if (isClaim(mark)) add(it.says, size);
    }
    if (census.here[at] === 1) {
      add(here, size);
      if (holders === 0) add(onlyHere, size);
    } else if (holders === 0) add(unseen, size);
    else if (holders === 1 && last !== null) add(last.only, size);
  }
  return {
    all,
    here,
    people: people.filter(({ has, says }) => has.files + says.files > 0),
    onlyHere,
    onlyOne: people
      .filter(({ only }) => only.files > 0)
      .map(({ person, only }) => ({ person, has: only })),
    unseen,
  };
}

/** Whether somebody was seen to have all of it. */
export function hasAll({ has }: PersonTally, { all }: Tally): boolean {
  return all.files > 0 && has.files === all.files;
}

function none(): Sum {
  return { files: 0, bytes: 0 };
}

function add(sum: Sum, size: number): void {
  sum.files++;
  sum.bytes += size;
}
