import { UsageError } from "./command-error.ts";

const GB = 1_000_000_000;
const UNITS: Readonly<Record<string, number>> = {
  MB: 1_000_000,
  GB,
  TB: 1_000 * GB,
};

/** Bytes from words as `100GB`. @throws `UsageError` */
export function readSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(text.trim());
  const [, figure, unit] = match ?? [];
  const bytes = Number(figure) * (UNITS[unit?.toUpperCase() ?? ""] ?? NaN);
  if (!Number.isSafeInteger(bytes) || bytes <= 0)
    throw new UsageError("How much space? As in 100GB.");
  return bytes;
}

/** The end of a day as `2027-03-01`, here; null for `always`. @throws `UsageError` */
export function readDay(text: string): number | null {
  if (text === "always") return null;
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const end = new Date(Number(year), Number(month) - 1, Number(day), 23, 59);
  // The 31st of June is none.
  if (end.getMonth() !== Number(month) - 1 || end.getDate() !== Number(day))
    throw new UsageError("Until which day? As in 2027-03-01, or always.");
  return end.getTime();
}

/** A day that is not over yet. @throws `UsageError` */
export function readDayToCome(text: string, now: number): number | null {
  const until = readDay(text);
  if (until !== null && until <= now)
    throw new UsageError("That day is over. Take one to come, or always.");
  return until;
}
