import type { Active, Hold } from "./transfer-report.ts";
import type { StoredTransfer } from "./transfer-store.ts";

/** Downloads under way beside each other; more would only share the same lines. */
const BUSY_MOST = 3;

/**
 * Which of the transfers that may run come first. Reading own folders waits for
 * nobody; of downloads the first few go, and those that wait for others hold up
 * nobody. `all` is in the order of the person.
 */
function firstOnes(all: readonly Active[]): ReadonlySet<Active> {
  const first = new Set<Active>();
  let busy = 0;
  for (const active of all) {
    if (active.stored.direction === "sharing") first.add(active);
    else if (active.stop !== null && active.isWaiting) first.add(active);
    else if (busy < BUSY_MOST) {
      busy++;
      first.add(active);
    }
  }
  return first;
}

/** The place between the neighbours that a transfer moves to; null when it is at the end already. */
export function placeAfterMove(
  all: readonly Active[],
  moved: Active,
  to: "up" | "down",
): number | null {
  const at = all.indexOf(moved);
  const over = all[to === "up" ? at - 1 : at + 1];
  if (over === undefined) return null;
  const beyond = all[to === "up" ? at - 2 : at + 2];
  if (beyond === undefined) return over.stored.place + (to === "up" ? -1 : 1);
  return (over.stored.place + beyond.stored.place) / 2;
}

/**
 * What is to stop now, and what is to begin. What runs is not stopped for
 * something earlier, unless `isStrict`.
 */
export function turns(
  all: readonly Active[],
  holdOf: (stored: StoredTransfer) => Hold | null,
  isStrict: boolean,
): { readonly stop: readonly Active[]; readonly begin: readonly Active[] } {
  const may = all.filter(
    ({ stored }) => stored.stage === "running" && holdOf(stored) === null,
  );
  const first = firstOnes(may);
  const stop = all.filter(
    (it) =>
      it.stop !== null && (!may.includes(it) || (isStrict && !first.has(it))),
  );
  const busy = may.filter((it) => it.stop !== null && !stop.includes(it));
  const idle = may.filter((it) => !busy.includes(it));
  const next = firstOnes([...busy, ...idle]);
  return { stop, begin: may.filter((it) => next.has(it)) };
}
