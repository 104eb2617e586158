import type {
  HeldRoom,
  KeeperChoice,
  MyKeeper,
} from "#core/contract/keeper-models.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

function newKeeper(
  { bytes, until, used, ...who }: HeldRoom,
  choice: Omit<KeeperChoice, "person">,
): MyKeeper {
  return {
    ...who,
    ...choice,
    isMachine: false,
    presence: { stage: "connected", way: "direct" },
    pledge: { bytes, until, used },
    coverage: {
      share: null,
      posts: null,
      files: { shown: 0, all: 0 },
      checkedAt: null,
      gone: 0,
    },
  };
}

/** Choosing what is kept, by whom. */
export function fakeKeeperMethods({
  set,
}: WorldStore): FakeMethods<"setKeeper" | "setKeptFor" | "keepForAll"> {
  return {
    setKeeper: ({ person, ...choice }) => {
      set(({ keepers }) => ({
        keepers: {
          ...keepers,
          offers: keepers.offers.filter((one) => one.person !== person),
          mine: [
            ...keepers.mine.map((one) =>
              one.person === person ? { ...one, ...choice } : one,
            ),
            ...keepers.offers
              .filter((one) => one.person === person)
              .map((one) => newKeeper(one, choice)),
          ],
        },
      }));
      return {};
    },
    setKeptFor: ({ person, bytes, until }) => {
      set(({ keepers }) => ({
        keepers: {
          ...keepers,
          others: keepers.others.flatMap((one) => {
            if (one.person !== person) return [one];
            return bytes === 0 ? [] : [{ ...one, bytes, until }];
          }),
        },
      }));
      return {};
    },
    keepForAll: ({ bytes }) => {
      set(({ keepers }) => ({ keepers: { ...keepers, keepForAll: bytes } }));
      return {};
    },
  };
}
