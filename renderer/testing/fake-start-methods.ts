import { CoreError } from "#core/contract/errors.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { label, mira } from "./fake-people.ts";
import { fakeDrill } from "./fake-drill.ts";
import { nextGrantId } from "./fake-ids.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

const WORDS =
  "orbit maple anchor velvet harvest lantern pilot meadow copper silver basket window garden ribbon summer walnut castle bridge pepper candle forest mirror hammer island";

/** Starting, settings, and what stands for this computer. */
export function fakeStartMethods({
  set,
}: WorldStore): FakeMethods<
  | "start"
  | "startAgain"
  | "unlock"
  | "unlockWithWords"
  | "changeLock"
  | "showPhrase"
  | "setProfile"
  | "updateSettings"
  | "setDownloadFolder"
  | "setDrill"
  | "connectTo"
  | "examine"
  | "pick"
  | "listFolders"
  | "makeFolder"
  | "grantFolder"
> {
  const start = (name: string) =>
    set(() => ({
      app: { stage: "ready", lock: "keyring" },
      me: { ...label(name), isMe: true, about: "" },
    }));

  return {
    start: ({ name }) => {
      if (name.trim() === "") throw new CoreError("name-empty", {});
      start(name.trim());
      return {};
    },
    startAgain: () => ({}),
    unlock: ({ password }) => {
      if (password !== "correct horse")
        throw new CoreError("password-wrong", { retryInMs: 4_000 });
      set(() => ({
        app: { stage: "ready", lock: "password" },
        me: { ...mira, about: "" },
      }));
      return {};
    },
    unlockWithWords: ({ phrase }) => {
      const count = phrase.trim().split(/\s+/u).length;
      if (count !== 24)
        throw new CoreError("phrase-wrong", { words: count, unknown: [] });
      if (phrase.startsWith("other"))
        throw new CoreError("not-found", { what: "identity" });
      set(() => ({
        app: { stage: "ready", lock: "password" },
        me: { ...mira, about: "" },
      }));
      return {};
    },
    changeLock: ({ lock, password }) => {
      if (password !== null && password !== "correct horse")
        throw new CoreError("password-wrong", { retryInMs: 0 });
      if (lock.kind === "password" && lock.password.length < 8)
        throw new CoreError("password-short", { minimum: 8 });
      set(() => ({ app: { stage: "ready", lock: lock.kind } }));
      return {};
    },
    showPhrase: () => ({ words: WORDS.split(" ") }),
    setProfile: ({ name, about }) => {
      if (name.trim() === "") throw new CoreError("name-empty", {});
      set((world) => ({
        me: world.me && { ...world.me, name: name.trim(), about },
      }));
      return {};
    },
    updateSettings: (change) => {
      set((world) => ({
        settings: { ...world.settings, ...change },
        network:
          change.network === undefined
            ? world.network
            : {
                ...world.network,
                reach: change.network,
                stage: change.network === "nobody" ? "paused" : "searching",
                connected: [],
              },
      }));
      return {};
    },
    examine: () => ({
      at: readClock(),
      computer: { finding: "clock-wrong", aheadMs: 3 * 60 * 60_000 },
      network: { finding: "fine", heard: 2 },
      internet: { finding: "strict", helpers: [] },
      friends: { finding: "fine", connected: [mira] },
    }),
    connectTo: ({ address }) => {
      if (!/^[\d.]+:\d+$/.test(address))
        throw new CoreError("address-wrong", {});
      throw new CoreError("address-silent", {});
    },
    setDrill: ({ on }) => {
      set((world) => ({ drill: on ? fakeDrill(world) : { stage: "off" } }));
      return {};
    },
    setDownloadFolder: () => {
      set((world) => ({
        settings: { ...world.settings, downloadFolder: "Downloads" },
      }));
      return {};
    },
    pick: () => ({ supported: false, grants: [] }),
    makeFolder: ({ path, name }) => ({
      path: `${path}/${name}`,
      parent: path,
      folders: [],
    }),
    listFolders: ({ path }) => ({
      path: path ?? "/home/mira",
      parent:
        path === null ? "/home" : path.slice(0, path.lastIndexOf("/")) || "/",
      folders: [
        "Documents",
        "garden-papers",
        "Music",
        "Pictures",
        "Videos",
      ].map((name) => ({
        name,
        path: `${path ?? "/home/mira"}/${name}`,
      })),
    }),
    grantFolder: ({ path }) => ({
      grant: nextGrantId(),
      name: path.slice(path.lastIndexOf("/") + 1),
      size: null,
    }),
  };
}
