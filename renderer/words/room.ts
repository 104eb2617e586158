import type {
  FileKind,
  FreeRefusal,
  NotFreed,
  RoomLack,
  RoomState,
  Traffic,
} from "#core/contract/keeping-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { sizeWords, speedWords } from "./size.ts";
import { agoWords, plural, timeOfDay } from "./time.ts";

const KINDS: Readonly<Record<FileKind, string>> = {
  pictures: "Pictures",
  audio: "Sound and music",
  video: "Films",
  documents: "Documents",
  other: "Other files",
};

export function kindWords(kind: FileKind): string {
  return KINDS[kind];
}

/** "Using 6.2 of 20 GB". */
export function usedWords(room: Pick<RoomState, "used" | "limit">): string {
  return `Using ${sizeWords(room.used)} of ${sizeWords(room.limit)}`;
}

/** Why downloads wait, and that nothing else does. */
export function lackWords(
  lack: RoomLack,
  room: Pick<RoomState, "limit" | "alwaysFree">,
): string {
  const rest = "New downloads wait; your own posts still work.";
  return lack === "limit"
    ? `Commonplace has used its ${sizeWords(room.limit)}. ${rest}`
    : `${sizeWords(room.alwaysFree)} of a disk always stay free, and this one has no more. ${rest}`;
}

const REFUSALS: Readonly<Record<FreeRefusal, string>> = {
  "only-copy": "Only you have this.",
  changed: "You changed this file. It is yours now, and stays.",
  yours: "This is your own file, in your own folder.",
  kept: "Always kept here.",
  unreadable: "This file cannot be moved or removed.",
};

/** Why a file was not freed. */
export function refusalWords(
  { reason, lastHad }: NotFreed,
  now: number,
): string {
  const words = REFUSALS[reason];
  return lastHad === null
    ? words
    : `${words} ${foreignLine(lastHad.person.name)} last had it ${agoWords(lastHad.at, now)}.`;
}

/** Whether insisting frees it all the same. */
export function canInsist({ reason }: NotFreed): boolean {
  return reason === "only-copy" || reason === "kept";
}

/** "412 MB freed, 14 files". */
export function freedWords(freed: {
  readonly files: number;
  readonly bytes: number;
}): string {
  return `${sizeWords(freed.bytes)} freed, ${plural(freed.files, "file")}`;
}

/** The limits in force: "Limited to 2 MB/s until 18:00"; null without any. */
export function limitWords(traffic: Traffic): string | null {
  const { limitDown, limitUp, until } = traffic;
  const parts =
    limitDown !== null && limitDown === limitUp
      ? [speedWords(limitDown)]
      : [
          limitDown === null ? "" : `↓ ${speedWords(limitDown)}`,
          limitUp === null ? "" : `↑ ${speedWords(limitUp)}`,
        ].filter((part) => part !== "");
  if (parts.length === 0) return null;
  const end = until === null ? "" : ` until ${timeOfDay(until)}`;
  return `Limited to ${parts.join(", ")}${end}`;
}

/** Minutes after midnight as people read them: "08:00". */
export function minuteWords(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
