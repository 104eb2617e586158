const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});
const weekday = new Intl.DateTimeFormat("en", { weekday: "long" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const exact = new Intl.DateTimeFormat("en", {
  dateStyle: "full",
  timeStyle: "short",
});

/** "Tuesday, November 24, 2026 at 14:05". */
export function exactTime(at: number): string {
  return exact.format(at);
}

/** "5 Nov", "5 Nov 2024". */
export function dayWords(at: number, now: number): string {
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? day.format(at)
    : dayOfYear.format(at);
}

/** "18:00". */
export function timeOfDay(at: number): string {
  return clock.format(at);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** "just now", "3 min", "14:05", "yesterday", "Sunday", "5 Oct", "5 Oct 2024". */
export function agoWords(at: number, now: number): string {
  const past = now - at;
  if (past < MINUTE) return "just now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  const today = startOfDay(now);
  if (at >= today) return clock.format(at);
  if (at >= today - DAY) return `yesterday, ${clock.format(at)}`;
  if (at >= today - 6 * DAY)
    return `${weekday.format(at)}, ${clock.format(at)}`;
  return dayWords(at, now);
}

/** How long until a moment to come: "for 6 more days", "for 2 more hours". */
export function untilWords(at: number, now: number): string {
  const left = at - now;
  if (left < HOUR)
    return plural(Math.max(1, Math.ceil(left / MINUTE)), "more minute");
  if (left < 2 * DAY) return plural(Math.ceil(left / HOUR), "more hour");
  return plural(Math.ceil(left / DAY), "more day");
}

/** "1 file", "3 files". */
export function plural(count: number, word: string, many = `${word}s`): string {
  return `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? word : many}`;
}

/** Time left in steps that do not flicker (no decimals, no seconds beyond a minute). */
export function timeLeftWords(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  if (seconds < 3_600) return `about ${Math.round(seconds / 60)} min`;
  if (seconds < 86_400)
    return `about ${plural(Math.round(seconds / 3_600), "hour")}`;
  return "more than a day";
}
