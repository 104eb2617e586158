import type { SpeedLimits } from "#core/contract/keeping-settings.ts";

const MINUTE_MS = 60_000;

/** The limits that hold at one moment. */
export interface LimitsNow {
  readonly down: number | null;
  readonly up: number | null;
  /** When they end by the schedule; null when they do not. */
  readonly until: number | null;
  /** When to look again: the schedule begins or ends; null when it never does. */
  readonly nextAt: number | null;
}

/**
 * What limits hold now. A schedule counts in the time of this computer, over
 * midnight too; one that begins and ends in the same minute holds all day.
 */
export function limitsAt(limits: SpeedLimits, now: number): LimitsNow {
  const { down, up, schedule } = limits;
  if (schedule === null || schedule.from === schedule.to)
    return { down, up, until: null, nextAt: null };
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, to } = schedule;
  const isOn =
    from < to ? minute >= from && minute < to : minute >= from || minute < to;
  const nextAt = nextTime(now, isOn ? to : from);
  return isOn
    ? { down, up, until: nextAt, nextAt }
    : { down: null, up: null, until: null, nextAt };
}

/** The next moment at which the clock on the wall shows this minute of the day. */
function nextTime(now: number, minute: number): number {
  const at = new Date(now);
  at.setHours(0, minute, 0, 0);
  if (at.getTime() > now) return at.getTime();
  // A day later on the wall, which is not always 24 hours.
  at.setDate(at.getDate() + 1);
  return Math.max(at.getTime(), now + MINUTE_MS);
}
