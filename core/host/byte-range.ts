import type { ByteRange } from "#core/core-port.ts";

const SINGLE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Reads a `Range` header (RFC 9110, 14.2). Null for none, for several ranges
 * and for anything unclear: the whole file is a right answer to all of them.
 */
export function readRange(header: string | undefined): ByteRange | null {
  const match = SINGLE.exec(header ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? null : { last: Number(last) };
  const start = Number(first);
  if (last === "") return { start, end: null };
  // The header names the last byte, not the one after it.
  const end = Number(last) + 1;
  return end > start ? { start, end } : null;
}

/**
 * The bytes a range means in a file of `size` bytes: `start` to before `end`.
 * Null when there are none of them (416).
 */
export function resolveRange(
  range: ByteRange | null,
  size: number,
): { readonly start: number; readonly end: number } | null {
  if (range === null) return { start: 0, end: size };
  if ("last" in range)
    return range.last === 0 || size === 0
      ? null
      : { start: Math.max(0, size - range.last), end: size };
  if (range.start >= size) return null;
  return { start: range.start, end: Math.min(range.end ?? size, size) };
}
