import type { SpaceId } from "./ids.ts";
import type { PersonLabel, Time } from "./models.ts";

/** How much of a collection is on this computer. */
export interface DrillCollection {
  readonly collection: SpaceId;
  readonly title: string;
  readonly files: number;
  readonly filesHere: number;
}

/**
 * An outage tried out: for a few minutes the app goes no further than its own
 * network, and shows what works all the same.
 */
export type Drill =
  | { readonly stage: "off" }
  | {
      readonly stage: "on";
      readonly until: Time;
      /** In the room, now. */
      readonly reachable: readonly PersonLabel[];
      readonly unreachable: readonly PersonLabel[];
      /** Whose posts are all here, and whose were still on their way. */
      readonly wholeFeeds: readonly PersonLabel[];
      readonly partFeeds: readonly PersonLabel[];
      readonly wholeCollections: readonly DrillCollection[];
      readonly partCollections: readonly DrillCollection[];
    };
