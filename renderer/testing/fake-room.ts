import type { CollectionRow } from "#core/contract/collection-models.ts";
import type {
  FreeableFile,
  RoomState,
  Traffic,
} from "#core/contract/keeping-models.ts";
import { fileRoot, spaceId } from "./fake-ids.ts";
import { ana, ingrid } from "./fake-people.ts";

/** A collection of which nothing is kept, and nothing comes by itself. */
export const notKept: Pick<CollectionRow, "kept" | "rule" | "paused"> = {
  kept: false,
  rule: { kind: "opened" },
  paused: false,
};

const concert = {
  collection: spaceId("Summer concert"),
  title: "Summer concert 2026",
  owner: ana,
} as const;
const recipes = {
  collection: spaceId("Recipes"),
  title: "Recipes, handwritten",
  owner: ingrid,
} as const;

/** What takes the room, with the limit nearly reached. */
export const fakeRoom: RoomState = {
  limit: 20_000_000_000,
  used: 6_240_000_000,
  diskFree: 184_000_000_000,
  alwaysFree: 2_000_000_000,
  lack: null,
  people: [
    { person: ana, files: 12, bytes: 5_642_000_000 },
    { person: ingrid, files: 38, bytes: 91_000_000 },
  ],
  collections: [
    { ...concert, files: 12, bytes: 5_642_000_000, kept: 640_000_000 },
    { ...recipes, files: 38, bytes: 91_000_000, kept: 91_000_000 },
  ],
  kinds: [
    { kind: "video", files: 3, bytes: 4_900_000_000 },
    { kind: "audio", files: 7, bytes: 742_000_000 },
    { kind: "pictures", files: 38, bytes: 91_000_000 },
    { kind: "documents", files: 2, bytes: 2_400_000 },
  ],
  attachments: 412_000_000,
  versions: { versions: 14, bytes: 318_000_000 },
  records: 96_000_000,
  yours: 1_652_000_000,
  undo: null,
};

export const fakeTraffic: Traffic = {
  down: 3_100_000,
  up: 420_000,
  limitDown: null,
  limitUp: null,
  until: null,
  pausedAll: false,
};

function freeable(
  of: typeof concert | typeof recipes,
  name: string,
  size: number,
  mediaType: string,
  kept = false,
): FreeableFile {
  return {
    ...of,
    path: name,
    name,
    size,
    mediaType,
    root: fileRoot(name),
    kept,
  };
}

export const fakeFreeable: readonly FreeableFile[] = [
  freeable(concert, "Evening 1, rehearsal.mp4", 2_610_000_000, "video/mp4"),
  freeable(concert, "Evening 2, rehearsal.mp4", 1_650_000_000, "video/mp4"),
  freeable(concert, "Sound check.mov", 640_000_000, "video/quicktime", true),
  freeable(
    concert,
    "Desk recording, first half.flac",
    388_000_000,
    "audio/flac",
  ),
  freeable(
    concert,
    "Desk recording, second half.flac",
    354_000_000,
    "audio/flac",
  ),
  ...Array.from({ length: 38 }, (_, place) =>
    freeable(
      recipes,
      `Card ${String(place + 1).padStart(2, "0")}.jpg`,
      3_900_000 - place * 61_000,
      "image/jpeg",
      true,
    ),
  ),
];
