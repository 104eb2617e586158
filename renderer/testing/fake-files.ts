import type {
  CollectionItem,
  CollectionRow,
  FileStage,
  Transfer,
} from "#core/contract/collection-models.ts";
import { fileRoot, nextTransferId, spaceId } from "./fake-ids.ts";
import { ana, ben, ingrid, mira } from "./fake-people.ts";
import { notKept } from "./fake-room.ts";
import { fakeWatch } from "./fake-watching.ts";
import {
  CLASHING,
  mayJoin,
  onlyMine,
  onlySeen,
  withWriters,
} from "./fake-versions.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function fakeCollections(now: number): readonly CollectionRow[] {
  return [
    {
      collection: spaceId("Garden papers"),
      title: "Garden papers",
      about:
        "Minutes, plans, seed lists. Everything the association has ever written down.",
      owner: mira,
      mine: true,
      audience: { kind: "contacts" },
      files: 148,
      bytes: 412_000_000,
      filesHere: 148,
      bytesHere: 412_000_000,
      changedAt: now - 3 * HOUR,
      folderMissing: false,
      folderName: "garden-papers",
      watch: fakeWatch({ stage: "pending", changes: 3 }),
      copies: null,
      ...notKept,
      ...withWriters,
    },
    {
      collection: spaceId("Photos of the old orchard"),
      title: "Photos of the old orchard",
      about: "",
      owner: mira,
      mine: true,
      audience: { kind: "chosen", people: [ana, ingrid] },
      files: 62,
      bytes: 1_240_000_000,
      filesHere: 62,
      bytesHere: 1_240_000_000,
      changedAt: now - 6 * DAY,
      folderMissing: true,
      folderName: "orchard",
      watch: fakeWatch({ stage: "missing" }),
      copies: null,
      ...notKept,
      ...onlyMine,
    },
    {
      collection: spaceId("Summer concert"),
      title: "Summer concert 2026",
      about: "Both evenings, in full, with the sound from the desk.",
      owner: ana,
      mine: false,
      audience: null,
      files: 340,
      bytes: 18_600_000_000,
      filesHere: 12,
      bytesHere: 642_000_000,
      changedAt: now - 2 * DAY,
      folderMissing: false,
      folderName: null,
      watch: null,
      copies: null,
      ...notKept,
      ...mayJoin,
    },
    {
      collection: spaceId("Recipes"),
      title: "Recipes, handwritten",
      about: "",
      owner: ingrid,
      mine: false,
      audience: null,
      files: 38,
      bytes: 91_000_000,
      filesHere: 38,
      bytesHere: 91_000_000,
      changedAt: now - 11 * DAY,
      folderMissing: false,
      folderName: null,
      watch: null,
      copies: null,
      ...notKept,
      ...onlySeen,
    },
  ];
}

function item(
  name: string,
  size: number,
  mediaType: string,
  changedAt: number,
  state: FileStage,
  savedAs: string | null = null,
): CollectionItem {
  return {
    kind: "file",
    path: name,
    name,
    savedAs,
    size,
    changedAt,
    mediaType,
    root: fileRoot(name),
    look: null,
    changedBy: ana,
    clash:
      name === CLASHING
        ? { versions: 2, isRemoved: false }
        : name === "Old list.txt"
          ? { versions: 1, isRemoved: true }
          : null,
    kept: name === "Programme.pdf",
    state,
  };
}

/** Every state a file can be in, then many plain ones. */
export function fakeItems(
  now: number,
  mine: boolean,
): readonly CollectionItem[] {
  const here: FileStage = { stage: "here" };
  const away: FileStage = mine
    ? here
    : {
        stage: "away",
        holders: [ana, ben],
        unnamed: 0,
        isShown: true,
        absent: [],
      };
  const special: readonly CollectionItem[] = mine
    ? [
        item(
          "North fence, offers.pdf",
          1_240_000,
          "application/pdf",
          now - DAY,
          { stage: "changed" },
        ),
        item(CLASHING, 5_210, "text/plain", now - 2 * HOUR, here),
        item("Old list.txt", 1_900, "text/plain", now - 5 * DAY, here),
        item("Pond drawing.png", 4_800_000, "image/png", now - 30 * DAY, here),
        item("Seed list.ods", 88_000, "application/ods", now - 40 * DAY, {
          stage: "damaged",
          isComing: false,
          isMine: true,
          from: [ana],
        }),
      ]
    : [
        item("Evening 1, full.mp4", 8_400_000_000, "video/mp4", now - 2 * DAY, {
          stage: "coming",
          done: 3_528_000_000,
        }),
        item("Evening 2, full.mp4", 8_100_000_000, "video/mp4", now - 2 * DAY, {
          stage: "waiting",
          for: "room",
        }),
        item(
          "Programme.pdf",
          2_200_000,
          "application/pdf",
          now - 9 * DAY,
          here,
        ),
        item("Encore.flac", 48_000_000, "audio/flac", now - 2 * DAY, {
          stage: "paused",
          done: 20_000_000,
        }),
        item("Solo, raw.wav", 212_000_000, "audio/wav", now - 2 * DAY, {
          stage: "away",
          holders: [],
          unnamed: 0,
          isShown: false,
          absent: [],
        }),
        item("Interview.mp4", 610_000_000, "video/mp4", now - 2 * DAY, {
          stage: "away",
          holders: [],
          unnamed: 0,
          isShown: false,
          absent: [{ person: ana, seenAt: now - DAY }],
        }),
        item("Finale.flac", 51_000_000, "audio/flac", now - 2 * DAY, {
          stage: "damaged",
          isComing: true,
          isMine: false,
          from: [ben],
        }),
        item("CON.txt", 3_400, "text/plain", now - 2 * DAY, here, "CON_.txt"),
        item("Setlist.txt", 2_100, "text/plain", now - DAY, {
          stage: "newer",
          from: ana,
          holders: [ana],
        }),
        item("Poster.png", 8_400_000, "image/png", now - 2 * DAY, {
          stage: "paused",
          done: 0,
        }),
        item("Backstage.mov", 640_000_000, "video/quicktime", now - 2 * DAY, {
          stage: "failed",
          problem: "disk-full",
        }),
      ];
  const plain = Array.from({ length: 60 }, (_, place) =>
    item(
      `${mine ? "Minutes" : "Picture"} ${String(place + 1).padStart(3, "0")}.${mine ? "pdf" : "jpg"}`,
      180_000 + place * 37_000,
      mine ? "application/pdf" : "image/jpeg",
      now - (place + 3) * DAY,
      away,
    ),
  );
  return [
    {
      kind: "folder",
      path: "2019",
      name: "2019",
      files: 41,
      bytes: 88_000_000,
      filesHere: mine ? 41 : 0,
      kept: false,
    },
    {
      kind: "folder",
      path: "Rehearsals",
      name: "Rehearsals",
      files: 96,
      bytes: 1_200_000_000,
      filesHere: mine ? 96 : 7,
      kept: false,
    },
    ...special,
    ...plain,
  ];
}

export function fakeTransfers(now: number): readonly Transfer[] {
  const base = {
    collection: spaceId("Summer concert"),
    direction: "receiving",
    reason: "asked",
    speed: 0,
    secondsLeft: null,
    from: [],
  } as const;
  return [
    {
      ...base,
      transfer: nextTransferId(),
      title: "Summer concert 2026",
      files: { done: 12, total: 340 },
      bytes: { done: 3_528_000_000, total: 18_600_000_000 },
      speed: 3_100_000,
      secondsLeft: 4_860,
      from: [ana, ben],
      state: { stage: "running" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Garden papers",
      collection: spaceId("Garden papers"),
      direction: "sharing",
      files: { done: 31, total: 148 },
      bytes: { done: 120_000_000, total: 412_000_000 },
      speed: 210_000_000,
      secondsLeft: 2,
      state: { stage: "running" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Recipes, handwritten",
      collection: spaceId("Recipes"),
      files: { done: 4, total: 38 },
      bytes: { done: 9_000_000, total: 91_000_000 },
      state: { stage: "waiting", people: [ingrid] },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Evening 2, full.mp4",
      files: { done: 0, total: 1 },
      bytes: { done: 0, total: 8_100_000_000 },
      state: { stage: "room", lack: "limit" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      reason: "rule",
      title: "Recipes, handwritten",
      collection: spaceId("Recipes"),
      files: { done: 0, total: 4 },
      bytes: { done: 0, total: 12_000_000 },
      state: { stage: "queued" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Encore.flac",
      files: { done: 0, total: 1 },
      bytes: { done: 20_000_000, total: 48_000_000 },
      state: { stage: "paused", by: "transfer" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Backstage.mov",
      files: { done: 0, total: 1 },
      bytes: { done: 600_000_000, total: 640_000_000 },
      state: { stage: "failed", problem: "disk-full" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Programme.pdf",
      files: { done: 1, total: 1 },
      bytes: { done: 2_200_000, total: 2_200_000 },
      from: [ana],
      state: { stage: "done", at: now - 2 * HOUR },
    },
  ];
}
