import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Pieces of what was looked at and never became whole may take this much of the disk. */
export const LEFTOVER_BYTES = 4 * 1024 * 1024 * 1024;

/**
 * Removes the oldest pieces of content in a temporary folder until the rest
 * takes no more than `limit` bytes. To be called while nothing is fetched there.
 */
export async function trimLeftovers(
  folder: string,
  limit = LEFTOVER_BYTES,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const pieces: { stem: string; bytes: number; at: number }[] = [];
  for (const name of names) {
    if (!name.endsWith(".part")) continue;
    const seen = await stat(join(folder, name)).catch(() => null);
    if (seen === null) continue;
    // They are sparse: their size says nothing.
    const stem = name.slice(0, -"part".length);
    pieces.push({ stem, bytes: seen.blocks * 512, at: seen.mtimeMs });
  }
  pieces.sort((a, b) => b.at - a.at);
  let kept = 0;
  for (const { stem, bytes } of pieces) {
    kept += bytes;
    if (kept <= limit) continue;
    for (const ending of ["part", "list", "map"])
      await rm(join(folder, stem + ending), { force: true });
  }
}
