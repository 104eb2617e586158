import type { SpaceId } from "#core/contract/ids.ts";
import type {
  RemovedRow,
  RemovedSummary,
} from "#core/contract/removed-models.ts";
import { spaceId } from "./fake-ids.ts";
import { ana, ben } from "./fake-people.ts";

const HOUR = 60 * 60 * 1000;

/** What others removed from a collection and is still here. */
export function fakeRemoved(now: number): readonly RemovedRow[] {
  const row = (name: string, size: number, hours: number, by = ana) => ({
    path: `rehearsals/${name}`,
    name,
    size,
    by,
    at: now - hours * HOUR,
  });
  return [
    row("Rehearsal, 3 October.flac", 41_000_000, 3),
    row("Rehearsal, 10 October, the long take.flac", 58_000_000, 3),
    row("Seating plan, first try.pdf", 310_000, 27, ben),
  ];
}

/** The collection they were removed from. */
export function isRemovedFrom(collection: SpaceId): boolean {
  return collection === spaceId("Summer concert");
}

export function summaryOf(rows: readonly RemovedRow[]): RemovedSummary | null {
  if (rows.length === 0) return null;
  return {
    files: rows.length,
    bytes: rows.reduce((sum, { size }) => sum + size, 0),
    by: [...new Set(rows.map(({ by }) => by))],
  };
}
