import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { CopiesPage } from "#core/contract/copies-models.ts";
import { ana, ben, ingrid } from "./fake-people.ts";

const DAY = 24 * 3_600_000;

/** Who has a copy of a collection: somebody with all, with a part, one who only says so, one who was caught. */
export function fakeCopies(
  { collection, files, bytes, filesHere, bytesHere, mine }: CollectionRow,
  path: string,
  now: number,
): CopiesPage {
  const part = (share: number) => ({
    files: Math.floor(files * share),
    bytes: Math.floor(bytes * share),
  });
  const nothing = { files: 0, bytes: 0 };
  const all = { files, bytes };
  return {
    collection,
    path,
    all,
    here: { files: filesHere, bytes: bytesHere },
    people: [
      {
        person: ana,
        has: all,
        says: nothing,
        isSampled: true,
        caughtAt: null,
        inReach: true,
        seenAt: now,
      },
      {
        person: ben,
        has: part(0.4),
        says: part(0.1),
        isSampled: false,
        caughtAt: null,
        inReach: false,
        seenAt: now - DAY,
      },
      {
        person: ingrid,
        has: nothing,
        says: part(0.5),
        isSampled: false,
        caughtAt: now - 2 * DAY,
        inReach: false,
        seenAt: now - 6 * DAY,
      },
    ],
    onlyHere: mine ? { files: 14, bytes: 38_000_000 } : nothing,
    onlyOne: mine
      ? []
      : [
          {
            person: ana,
            has: { files: 3, bytes: 640_000_000 },
            inReach: false,
            seenAt: now - DAY,
          },
        ],
    unseen: nothing,
    isLooking: false,
  };
}
