import { parse } from "valibot";
import {
  entryRefSchema,
  type EntryRef,
  type SpaceId,
} from "#core/contract/ids.ts";
import type {
  CollectionRow,
  FileStage,
} from "#core/contract/collection-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import type {
  FileVersion,
  FileVersions,
} from "#core/contract/version-models.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { fileRoot } from "./fake-ids.ts";
import { ana, ben, mira } from "./fake-people.ts";

const HOUR = 3_600_000;

type Writes = Pick<CollectionRow, "mayWrite" | "writers" | "joined">;

/** A collection of mine that nobody else may change. */
export const onlyMine: Writes = { mayWrite: true, writers: [], joined: null };
/** One of mine that two others may change. */
export const withWriters: Writes = { ...onlyMine, writers: [ana, ben] };
/** One of somebody else that I may change, and have no folder for yet. */
export const mayJoin: Writes = { ...onlyMine, writers: [mira, ben] };
/** One of somebody else that I can only see. */
export const onlySeen: Writes = { ...onlyMine, mayWrite: false };

/** The file in which two versions stand. */
export const CLASHING = "Budget 2027.txt";

let count = 0;
/** A new entry of nobody. */
export function ref(): EntryRef {
  return parse(entryRefSchema, `${"y".repeat(52)}.${++count}.0`);
}

const away = (people: readonly PersonLabel[]): FileStage => ({
  stage: "away",
  holders: people,
  unnamed: 0,
  isShown: true,
  isLooking: false,
  absent: [],
});

function version(
  person: PersonLabel,
  hoursAgo: number,
  size: number | null,
  state: FileStage = { stage: "here" },
  isStanding = false,
): FileVersion {
  const at = readClock() - hoursAgo * HOUR;
  return {
    version: ref(),
    person,
    at,
    isStanding,
    content:
      size === null
        ? null
        : {
            root: fileRoot(`${person.name} ${String(size)}`),
            size,
            changedAt: at - 60_000,
            mediaType: "text/plain",
            state,
          },
  };
}

/** A history with everything that can be in one. */
export function fakeVersions(
  _collection: SpaceId,
  path: string,
): FileVersions | null {
  const isClash = path === CLASHING;
  return {
    path,
    name: path,
    mayWrite: true,
    more: 0,
    versions: [
      ...(isClash ? [version(ana, 2, 5_210, { stage: "here" }, true)] : []),
      version({ ...mira, isMe: true }, 3, 4_980, { stage: "here" }, true),
      version(ben, 26, 4_700, away([ana, ben])),
      version(ana, 3 * 24, null),
      version(ana, 5 * 24, 4_210, away([])),
      version({ ...mira, isMe: true }, 12 * 24, 3_900),
    ],
  };
}
