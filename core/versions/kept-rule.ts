import type { FileRoot, SpaceId } from "#core/contract/ids.ts";

export interface KeptVersion {
  readonly space: SpaceId;
  readonly path: string;
  readonly root: FileRoot;
  readonly size: number;
  /** When it was replaced. */
  readonly at: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** So long every version is kept; of those before, the last of each day. */
export const ALL_KEPT_MS = 30 * DAY_MS;

/** Of versions older than 30 days, all but the last of each day. */
export function tooMany(
  kept: readonly KeptVersion[],
  now: number,
): readonly KeptVersion[] {
  const last = new Map<string, KeptVersion>();
  const gone: KeptVersion[] = [];
  for (const version of kept) {
    if (version.at > now - ALL_KEPT_MS) continue;
    const day = Math.floor(version.at / DAY_MS);
    const key = `${version.space} ${String(day)} ${version.path}`;
    const before = last.get(key);
    if (before !== undefined) gone.push(before);
    last.set(key, version);
  }
  return gone;
}
