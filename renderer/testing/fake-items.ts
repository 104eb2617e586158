import type {
  CollectionItem,
  FileStage,
  Transfer,
} from "#core/contract/collection-models.ts";
import { fileRoot } from "./fake-ids.ts";
import { ana, ben } from "./fake-people.ts";
import { CLASHING } from "./fake-versions.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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

/** How a file stands of which `done` bytes came with this transfer. */
function broughtBy(
  transfer: Transfer | undefined,
  done: number,
  away: FileStage,
): FileStage {
  if (transfer === undefined) return away;
  const { state, speed, secondsLeft, from } = transfer;
  const by = { transfer: transfer.transfer, files: transfer.files.total };
  switch (state.stage) {
    case "running":
      return {
        stage: "coming",
        done,
        speed,
        secondsLeft,
        from,
        fromUnnamed: false,
        by,
      };
    case "paused":
      return { stage: "paused", done, what: state.by, by };
    case "room":
      return { stage: "waiting", for: "room", done, people: [], by };
    case "queued":
      return { stage: "waiting", for: "turn", done, people: [], by };
    case "waiting":
      return {
        stage: "waiting",
        for: "people",
        done,
        people: state.people,
        by,
      };
    case "done":
      return { stage: "here" };
    case "failed":
      return { stage: "failed", problem: state.problem };
  }
}

/** Every state a file can be in, then many plain ones. */
export function fakeItems(
  now: number,
  mine: boolean,
  transfers: readonly Transfer[],
): readonly CollectionItem[] {
  const here: FileStage = { stage: "here" };
  const away: FileStage = mine
    ? here
    : {
        stage: "away",
        holders: [ana, ben],
        unnamed: 0,
        isShown: true,
        isLooking: false,
        absent: [],
      };
  const brought = (title: string, done: number) =>
    broughtBy(
      transfers.find((one) => one.title === title),
      done,
      away,
    );
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
        item("Members.csv", 240_000, "text/csv", now - 3 * DAY, here),
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
        item(
          "Evening 1, full.mp4",
          8_400_000_000,
          "video/mp4",
          now - 2 * DAY,
          brought("Summer concert 2026", 3_528_000_000),
        ),
        item(
          "Evening 2, full.mp4",
          8_100_000_000,
          "video/mp4",
          now - 2 * DAY,
          brought("Evening 2, full.mp4", 0),
        ),
        item(
          "Programme.pdf",
          2_200_000,
          "application/pdf",
          now - 9 * DAY,
          here,
        ),
        item(
          "Encore.flac",
          48_000_000,
          "audio/flac",
          now - 2 * DAY,
          brought("Encore.flac", 20_000_000),
        ),
        item("Solo, raw.wav", 212_000_000, "audio/wav", now - 2 * DAY, {
          stage: "away",
          holders: [],
          unnamed: 0,
          isShown: false,
          isLooking: false,
          absent: [],
        }),
        item("Interview.mp4", 610_000_000, "video/mp4", now - 2 * DAY, {
          stage: "away",
          holders: [],
          unnamed: 0,
          isShown: false,
          isLooking: false,
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
        item(
          "Poster.png",
          8_400_000,
          "image/png",
          now - 2 * DAY,
          brought("Poster.png", 0),
        ),
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
