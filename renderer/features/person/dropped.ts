import type { Grant } from "#core/contract/models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { plural } from "#renderer/words/time.ts";

/** What of things dropped together becomes one collection. */
export interface Dropped {
  readonly folder: Grant | null;
  readonly files: readonly Grant[];
  /** Says what was left out; null when nothing was. */
  readonly left: string | null;
}

/** A collection is one folder, or files by themselves: of a folder and other things the first folder is taken, and the rest is told of. */
export function chooseDropped(found: readonly Grant[]): Dropped {
  // A folder has no size of its own.
  const folder = found.find(({ size }) => size === null) ?? null;
  if (folder === null) return { folder, files: found, left: null };
  const others = found.length - 1;
  const left =
    others === 0
      ? null
      : `Only “${foreignLine(folder.name)}” is taken: one folder at a time. Drop the other ${plural(others, "item")} after it.`;
  return { folder, files: [], left };
}
