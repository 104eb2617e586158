import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** Choosing what is kept, by whom. */
export function fakeKeeperMethods({
  set,
}: WorldStore): FakeMethods<"setKeeper" | "setKeptFor" | "keepForAll"> {
  return {
    setKeeper: ({ person, ...choice }) => {
      set(({ keepers }) => ({
        keepers: {
          ...keepers,
          mine: keepers.mine.map((one) =>
            one.person === person ? { ...one, ...choice } : one,
          ),
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
