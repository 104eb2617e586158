const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long an invite can work. */
export const lives = [
  { id: "hour", words: "1 hour", ms: HOUR },
  { id: "day", words: "1 day", ms: DAY },
  { id: "week", words: "7 days", ms: 7 * DAY },
  { id: "month", words: "30 days", ms: 30 * DAY },
] as const;

/** How many people an invite can bring. */
export const uses = [
  { id: "1", words: "One person" },
  { id: "5", words: "5 people" },
  { id: "12", words: "12 people" },
  { id: "50", words: "50 people" },
] as const;

export type LifeId = (typeof lives)[number]["id"];
export type UsesId = (typeof uses)[number]["id"];
