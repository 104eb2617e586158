import { readFile, rm, stat } from "node:fs/promises";

/**
 * The file that tells a store from a copy of it names the place where it lies
 * on the disk. One that was cut short while it was made, or of which the time
 * alone is another, says nothing of a copy and would keep the store closed for
 * good: it is taken away, and the next opening makes it anew.
 * @param problem what is said to be wrong with it
 */
export async function dropEmptyMark(
  path: string,
  problem: string,
): Promise<boolean> {
  const content = await readFile(path, "utf8");
  const [, place] = /^device\/inode=(\d+)/m.exec(content) ?? [];
  const isHere = Number(place) === (await stat(path)).ino;
  const isAlike = isHere && problem.includes("was modified");
  if (place !== undefined && !isAlike) return false;
  await rm(path);
  return true;
}
