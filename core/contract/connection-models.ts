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

/** The chain from this computer to friends, and what was found at each link of it. */
export interface DoctorReport {
  readonly at: Time;
  readonly computer:
    | { readonly finding: "fine" }
    /** Milliseconds that this clock is ahead of those of contacts; negative when it is behind. */
    | { readonly finding: "clock-wrong"; readonly aheadMs: number }
    | { readonly finding: "disk-low"; readonly freeBytes: number };
  readonly network:
    | { readonly finding: "fine"; readonly heard: number }
    | { readonly finding: "none" }
    /** The person asked for no network. */
    | { readonly finding: "paused" }
    | { readonly finding: "vpn" }
    /** Others are heard, and no line to any of them comes about. */
    | { readonly finding: "firewall" };
  readonly internet:
    | { readonly finding: "fine"; readonly reach: "open" | "easy" | "unknown" }
    /** The person asked for this network only, or tries out an outage. */
    | { readonly finding: "off" }
    /** Nothing is looked up before the first invite (ME8). */
    | { readonly finding: "not-yet" }
    | { readonly finding: "none" }
    | { readonly finding: "captive" }
    | { readonly finding: "udp-blocked" }
    | { readonly finding: "strict"; readonly helpers: readonly PersonLabel[] };
  readonly friends:
    | { readonly finding: "fine"; readonly connected: readonly PersonLabel[] }
    | { readonly finding: "nobody-yet" }
    /** Nothing on this side is in the way: they are off. */
    | { readonly finding: "away"; readonly people: readonly PersonLabel[] }
    /** They cannot be reached as things are. */
    | {
        readonly finding: "out-of-reach";
        readonly people: readonly PersonLabel[];
      };
}
