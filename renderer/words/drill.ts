import type {
  Drill,
  DrillCollection,
} from "#core/contract/connection-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { peopleWords } from "./people.ts";
import { plural } from "./time.ts";

/** One thing that works without the internet, or does not. */
export interface DrillLine {
  readonly isGood: boolean;
  readonly words: string;
}

const MINUTE = 60_000;

/** What an outage tried out shows: how long still, then line by line. */
export function drillWords(
  drill: Extract<Drill, { readonly stage: "on" }>,
  now: number,
): { readonly title: string; readonly lines: readonly DrillLine[] } {
  const left = Math.max(1, Math.ceil((drill.until - now) / MINUTE));
  const { wholeFeeds, partFeeds, wholeCollections, partCollections } = drill;
  const lines: DrillLine[] = [];
  const add = (isGood: boolean, words: string): void => {
    lines.push({ isGood, words });
  };
  if (drill.reachable.length > 0)
    add(true, `In reach in this room: ${peopleWords(drill.reachable, 4)}.`);
  else add(false, "Nobody you know is in reach in this room.");
  if (drill.unreachable.length > 0)
    add(false, `Not in reach: ${peopleWords(drill.unreachable, 4)}.`);
  if (wholeFeeds.length > 0)
    add(true, `All posts of ${peopleWords(wholeFeeds, 4)} are here.`);
  if (partFeeds.length > 0)
    add(false, `Some posts of ${peopleWords(partFeeds, 4)} are not here yet.`);
  if (wholeCollections.length > 0)
    add(true, `Whole on this computer: ${titles(wholeCollections)}.`);
  for (const one of partCollections.slice(0, 8))
    add(
      false,
      `${titles([one])}: ${one.filesHere.toLocaleString("en")} of ${plural(one.files, "file")} here.`,
    );
  return {
    title: `No internet for ${plural(left, "more minute")}. This is what works:`,
    lines,
  };
}

function titles(collections: readonly DrillCollection[]): string {
  const shown = collections
    .slice(0, 4)
    .map(({ title }) => `“\u2068${foreignLine(title)}\u2069”`);
  const more = collections.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
