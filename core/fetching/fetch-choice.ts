import type { FileRoot } from "#core/contract/ids.ts";
import type { ChunkPlan } from "./fetch-chunks.ts";
import type { Lane } from "./fetch-lane.ts";
import type { ChunkMaps } from "./fetch-maps.ts";
import type { OpenChunks } from "./fetch-open.ts";

/**
 * The next chunk to ask a lane for, and null when there is none. Who holds all
 * is asked first for what nobody else has yet, who holds some for what it has.
 */
export function chooseChunk(
  lane: Lane,
  root: FileRoot,
  plan: ChunkPlan,
  maps: ChunkMaps,
  open: OpenChunks,
): number | null {
  const isSpared = (index: number): boolean => maps.has(index);
  const take = (): number | null =>
    lane.holds(root) === "some" ? maps.take(lane, plan) : plan.take(isSpared);
  // What was given back because this very lane is slow is for the others.
  const busy: number[] = [];
  let index = take();
  while (index !== null && open.isAskedOf(lane, index)) {
    busy.push(index);
    index = take();
  }
  for (const it of busy) plan.giveBack(it);
  // What another one is still busy with goes to those with nothing to do, one
  // each: a lane that took all of it would be the next to be waited for.
  if (index !== null && !lane.isIdle && open.isExpected(index)) {
    plan.giveBack(index);
    return null;
  }
  return index;
}
