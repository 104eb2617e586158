import type { Random } from "#core/base/random.ts";

/** Between half and all of a pause, so that two ends do not keep in step. */
export function jittered(ms: number, random: Random): number {
  return ms * (0.5 + random.bytes(2).readUInt16BE(0) / 0x20000);
}
