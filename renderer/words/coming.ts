import type { FileStage } from "#core/contract/collection-models.ts";
import { peopleWords } from "./people.ts";
import { speedWords } from "./size.ts";
import { plural, timeLeftWords } from "./time.ts";

type Coming = Extract<FileStage, { readonly stage: "coming" }>;
type Waiting = Extract<FileStage, { readonly stage: "waiting" }>;
type Paused = Extract<FileStage, { readonly stage: "paused" }>;

/** What was paused, as it is said of whatever stands still with it. */
export const pausedWith = {
  transfer: "Paused",
  collection: "Paused with its collection",
  all: "Paused with everything",
} as const;

/** "42 %"; all but a little is not all. */
export function percentWords(done: number, size: number): string {
  if (size === 0) return "0 %";
  return `${String(Math.min(99, Math.floor((done / size) * 100)))} %`;
}

/** "42 % · 3.1 MB/s from 2 people · about 3 min". */
export function comingWords(state: Coming, size: number): string {
  const speed = speedWords(state.speed);
  const from = sourcesWords(state);
  const left =
    state.secondsLeft === null || speed === ""
      ? ""
      : timeLeftWords(state.secondsLeft);
  // A line breaks between what belongs together, not inside it.
  return [
    percentWords(state.done, size),
    `${whole(speed)} ${whole(from)}`,
    left,
  ]
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .join("\u00A0· ");
}

function whole(words: string): string {
  return words.replaceAll(" ", "\u00A0");
}

/** "from Ana", "from 2 people"; who they are stands with the transfer. */
function sourcesWords({ from, fromUnnamed }: Coming): string {
  if (from.length === 0) return fromUnnamed ? "from somebody connected" : "";
  if (from.length > 1) return `from ${plural(from.length, "person", "people")}`;
  const [only] = from;
  const who = only?.isMe === true ? "your other computer" : peopleWords(from);
  return fromUnnamed ? `from ${who} and others` : `from ${who}`;
}

/** "Waiting for Ana", "Waiting its turn". */
export function waitingWords(state: Waiting): string {
  switch (state.for) {
    case "turn":
      return "Waiting its turn";
    case "room":
      return "Waiting for room on this computer";
    case "people":
      return state.people.length === 0
        ? "Waiting for somebody who has it"
        : `Waiting for ${peopleWords(state.people, 1)}`;
  }
}

/** "Paused at 42 %", "Paused with its collection". */
export function pausedWords(state: Paused, size: number): string {
  const words = pausedWith[state.what];
  // Nothing came of it yet: a number would only look like something did.
  return state.done === 0
    ? words
    : `${words} at ${percentWords(state.done, size)}`;
}
