import type { FileRoot } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";

/** Files of one keeper that are looked at in one check, by chance. */
const BY_CHANCE = 8;
/** And at most so many of those it could not show before. */
const FAILED = 32;

/** Which files to ask for: what failed before, and some that could not be foreseen. */
export function sampleOf<T extends { readonly root: FileRoot }>(
  files: readonly T[],
  failed: ReadonlySet<FileRoot>,
  random: Random,
): readonly T[] {
  const again = files.filter(({ root }) => failed.has(root)).slice(0, FAILED);
  const others = files.filter(({ root }) => !failed.has(root));
  const chosen = new Set<T>();
  for (let n = 0; n < Math.min(BY_CHANCE, others.length); n++) {
    const file = others[oneOf(random, others.length)];
    if (file !== undefined) chosen.add(file);
  }
  return [...again, ...chosen];
}

/** A number from 0 up to `count`, that not included. */
export function oneOf(random: Random, count: number): number {
  return random.bytes(4).readUInt32BE() % Math.max(1, count);
}
