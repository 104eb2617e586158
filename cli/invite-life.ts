import { INVITE_LIFE_MAX_MS } from "#core/contract/limits.ts";
import type { Given } from "./command.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const USUAL_DAYS = 7;

/** How long an invite works, in milliseconds, as `--days` says. @throws `UsageError` for more than one may */
export function inviteLifeOf(given: Given): number {
  const most = INVITE_LIFE_MAX_MS / DAY_MS;
  return given.count("days", USUAL_DAYS, 1, most) * DAY_MS;
}
