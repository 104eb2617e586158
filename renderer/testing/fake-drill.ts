import type { Drill } from "#core/contract/connection-models.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import type { World } from "./fake-world.ts";

/** An outage tried out by the people of the sample world. */
export function fakeDrill({ contacts, collections }: World): Drill {
  const [near, ...far] = contacts;
  const isWhole = ({ mine, filesHere, files }: World["collections"][number]) =>
    mine || filesHere >= files;
  return {
    stage: "on",
    until: readClock() + 4 * 60_000,
    reachable: near === undefined ? [] : [near],
    unreachable: far,
    wholeFeeds: contacts.slice(0, -1),
    partFeeds: contacts.slice(-1),
    wholeCollections: collections.filter(isWhole),
    partCollections: collections.filter((row) => !isWhole(row)),
  };
}
