import type { NetworkState } from "#core/contract/models.ts";
import { leftOutWords, peopleWords } from "./people.ts";
import { plural } from "./time.ts";

export type StatusShape =
  "full" | "half" | "hollow" | "house" | "pause" | "down";

/** Who would carry a line now, and what they see of it. */
export function helperWords(network: NetworkState | undefined): string {
  const helpers = network?.helpers ?? [];
  const who =
    helpers.length === 0
      ? "Nobody you know helps right now."
      : `Now: ${peopleWords(helpers, 4)}.`;
  return `A contact who allows it passes on what you send to others on strict networks. They see that you talk, and not what you say. ${who}`;
}

/** What "this network only" stops at this moment; null when nobody is concerned. */
export function stopWords(network: NetworkState | undefined): string | null {
  if (network === undefined) return null;
  if (network.reach === "this-network") {
    const left = leftOutWords(network.leftOut);
    return left === null ? null : `Nothing leaves this network. ${left}`;
  }
  const far = network.connected.filter(({ way }) => way !== "network");
  return far.length === 0
    ? null
    : `Stops the line to ${peopleWords(far)}: not on this network.`;
}

/** The pill at the foot of the rail: a shape and what it means. */
export function statusWords(
  network: NetworkState | undefined,
  line: "up" | "down",
  isPausedAll = false,
): {
  readonly shape: StatusShape;
  readonly words: string;
  readonly more: string;
} {
  if (line === "down") {
    return {
      shape: "down",
      words: "Starting again",
      more: "The part of the app that keeps your data is starting again. What you see may be a moment old. Nothing is lost.",
    };
  }
  if (isPausedAll && network?.stage !== "quiet") {
    return {
      shape: "pause",
      words: "Paused by you",
      more: "No files come or go until you resume. Posts and messages still travel.",
    };
  }
  if (network?.reach === "this-network" && network.stage !== "quiet") {
    const count = network.connected.length;
    const left = leftOutWords(network.leftOut);
    return {
      shape: "house",
      words:
        count === 0
          ? "This network only"
          : `${plural(count, "person", "people")} on this network`,
      more: `Nothing leaves this network.${left === null ? "" : ` ${left}`}`,
    };
  }
  switch (network?.stage) {
    case undefined:
      return {
        shape: "hollow",
        words: "Starting",
        more: "The app is starting.",
      };
    case "quiet":
      return {
        shape: "hollow",
        words: "Not connected yet",
        more: "Nothing leaves this computer until you invite someone or open an invite.",
      };
    case "offline":
      return {
        shape: "hollow",
        words: "Offline",
        more: "Everything you do is saved here, and goes out when there is a network again.",
      };
    case "searching":
      return {
        shape: "half",
        words: "Waiting for contacts",
        more: "There is a network. Nobody you know is connected right now.",
      };
    case "connected": {
      const count = network?.connected.length ?? 0;
      return {
        shape: "full",
        words: `Connected with ${plural(count, "person", "people")}`,
        more: "Posts and files travel straight between your computers.",
      };
    }
    case "paused":
      return {
        shape: "pause",
        words: "Paused by you",
        more: "Nothing is sent or fetched until you resume.",
      };
  }
}
