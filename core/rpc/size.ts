import { isObject } from "./wire.ts";

/**
 * One message of the boundary, in units of `measure`. Far above any honest
 * message (100,000 posts marked read are 7 million), far below what hurts.
 */
export const MESSAGE_UNITS = 16 * 1024 * 1024;

/** What a field, an item, a number or the like counts for, besides the text it holds. */
const VALUE_UNITS = 8;

/**
 * Whether a message stays within `limit`: about one unit a character or byte.
 * Stops at the limit, and does not recurse, so that neither a huge nor a deeply
 * nested message costs more than an allowed one. What the boundary does not
 * carry (functions, maps, cycles) ends at the limit or fails its schema later.
 */
export function isWithin(message: unknown, limit: number): boolean {
  let units = 0;
  const waiting: unknown[] = [message];
  while (waiting.length > 0) {
    const value = waiting.pop();
    units += VALUE_UNITS;
    if (typeof value === "string") units += value.length;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      units += value.byteLength;
    else if (isObject(value)) {
      const keys = Object.keys(value);
      // Counted before they are taken, so that a million items are not copied to learn that they are too many.
      units += keys.length * VALUE_UNITS;
      if (units > limit) return false;
      for (const key of keys) {
        units += key.length;
        waiting.push(value[key]);
      }
    }
    if (units > limit) return false;
  }
  return true;
}
