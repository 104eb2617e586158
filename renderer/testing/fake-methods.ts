import { fakeContactMethods } from "./fake-contact-methods.ts";
import { fakeFeedMethods } from "./fake-feed-methods.ts";
import { fakeFileMethods } from "./fake-file-methods.ts";
import { fakeKeeperMethods } from "./fake-keeper-methods.ts";
import { fakeRoomMethods } from "./fake-room-methods.ts";
import { fakeWatchingMethods } from "./fake-watching-methods.ts";
import { fakeVersionMethods } from "./fake-version-methods.ts";
import { fakeStartMethods } from "./fake-start-methods.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** What each method does to the fake world; as near to the real thing as a screen can tell. */
export function fakeMethods(store: WorldStore): FakeMethods {
  return {
    ...fakeStartMethods(store),
    ...fakeFeedMethods(store),
    ...fakeContactMethods(store),
    ...fakeFileMethods(store),
    ...fakeRoomMethods(store),
    ...fakeKeeperMethods(store),
    ...fakeWatchingMethods(store),
    ...fakeVersionMethods(store),
  };
}
