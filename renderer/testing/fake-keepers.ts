import type { KeepersState } from "#core/contract/keeper-models.ts";
import { label } from "./fake-people.ts";

export const noKeepers: KeepersState = {
  mine: [],
  offers: [],
  others: [],
  keepForAll: null,
};

/** A keeper in the office that may not read, a friend's that lost something, and one I keep for. */
export function fakeKeepers(now: number): KeepersState {
  return {
    mine: [
      {
        ...label("Office keeper"),
        mode: "blind",
        isMachine: true,
        feeds: true,
        collections: [],
        bytes: 100_000_000_000,
        until: null,
        presence: { stage: "connected", way: "direct" },
        pledge: { bytes: 100_000_000_000, until: null, used: 12_300_000_000 },
        coverage: {
          share: 0.98,
          posts: 0.98,
          files: { shown: 214, all: 214 },
          checkedAt: now - 12 * 60_000,
          gone: 0,
        },
      },
      {
        ...label("Lotte"),
        mode: "readable",
        isMachine: false,
        feeds: true,
        collections: [],
        bytes: null,
        until: null,
        presence: { stage: "seen", at: now - 2 * 86_400_000 },
        pledge: { bytes: 20_000_000_000, until: null, used: 4_100_000_000 },
        coverage: {
          share: 0.91,
          posts: 0.95,
          files: { shown: 31, all: 40 },
          checkedAt: now - 2 * 86_400_000,
          gone: 12,
        },
      },
    ],
    offers: [
      {
        ...label("Kenji"),
        bytes: 50_000_000_000,
        until: null,
        used: 0,
      },
    ],
    others: [
      {
        ...label("Ana"),
        bytes: 20_000_000_000,
        until: null,
        used: 12_000_000_000,
      },
    ],
    keepForAll: null,
  };
}
