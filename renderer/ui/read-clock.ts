/* oxlint-disable eslint/no-restricted-properties -- the one place of the interface that reads the time */

/** Milliseconds since 1970. */
export function readClock(): number {
  return Date.now();
}
