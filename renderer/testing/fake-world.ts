import type { KeepersState } from "#core/contract/keeper-models.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import type {
  CollectionRow,
  Transfer,
} from "#core/contract/collection-models.ts";
import type { Drill } from "#core/contract/connection-models.ts";
import type { Contact, Invites } from "#core/contract/contact-models.ts";
import type { RemovedRow } from "#core/contract/removed-models.ts";
import { fakeRemoved } from "./fake-removed.ts";
import type {
  FreeableFile,
  RoomState,
  Traffic,
} from "#core/contract/keeping-models.ts";
import type { Draft, HeldPost, Post } from "#core/contract/feed-models.ts";
import type {
  AppState,
  Me,
  NetworkState,
  PersonLabel,
  Settings,
} from "#core/contract/models.ts";
import { inviteId, personId } from "./fake-ids.ts";
import { ana, ben, fakeContacts, mira, shira } from "./fake-people.ts";
import { fakeCollections } from "./fake-files.ts";
import { fakeTransfers } from "./fake-transfers.ts";
import { fakeFreeable, fakeRoom, fakeTraffic } from "./fake-room.ts";
import { fakeKeepers, noKeepers } from "./fake-keepers.ts";
import { fakePosts, fakeReplies } from "./fake-posts.ts";

/** All that the fake core knows. Replaced whole, never changed in place. */
export interface World {
  readonly app: AppState;
  readonly me: Me | null;
  readonly network: NetworkState;
  readonly drill: Drill;
  readonly settings: Settings;
  readonly posts: readonly Post[];
  readonly held: readonly HeldPost[];
  readonly arriving: readonly PersonLabel[];
  readonly contacts: readonly Contact[];
  readonly invites: Invites;
  readonly keepers: KeepersState;
  readonly collections: readonly CollectionRow[];
  readonly removedCollections: readonly CollectionRow[];
  readonly removedContacts: readonly Contact[];
  readonly transfers: readonly Transfer[];
  readonly traffic: Traffic;
  readonly room: RoomState;
  readonly freeable: readonly FreeableFile[];
  readonly removedFiles: readonly RemovedRow[];
  readonly drafts: Readonly<Record<string, Draft>>;
  /** States that never answer, to see a screen while it reads. */
  readonly silent: boolean;
}

const settings: Settings = {
  theme: "system",
  downloadFolder: "Downloads",
  undoMs: 5_000,
  sendHints: true,
  network: "everywhere",
  useHelpers: true,
  beHelper: false,
  getGoingClosed: false,
  wordsSaved: false,
  pausedAll: false,
  limits: { down: null, up: null, schedule: null },
  room: { limit: null, alwaysFree: 2_000_000_000, freeByItself: false },
};

const me: Me = {
  ...mira,
  about: "Beds 12 and 13. Happy to swap tomato plants for almost anything.",
};

/** Before the first start. */
export function newWorld(
  locks: readonly ("keyring" | "password" | "unlocked")[],
): World {
  return {
    app: { stage: "setup", locks },
    me: null,
    drill: { stage: "off" },
    network: {
      reach: "everywhere",
      stage: "quiet",
      connected: [],
      leftOut: [],
      nearby: 0,
      helpers: [],
      addresses: [],
    },
    settings: { ...settings, downloadFolder: null },
    posts: [],
    held: [],
    arriving: [],
    contacts: [],
    invites: { made: [], opened: [] },
    keepers: noKeepers,
    collections: [],
    removedCollections: [],
    removedContacts: [],
    transfers: [],
    traffic: { ...fakeTraffic, down: 0, up: 0 },
    room: fakeRoom,
    freeable: [],
    removedFiles: [],
    drafts: {},
    silent: false,
  };
}

/** The first day: an identity, and nothing else. */
export function firstDay(): World {
  return {
    ...newWorld(["keyring"]),
    app: { stage: "ready", lock: "keyring" },
    me,
  };
}

const LINK =
  "commonplace:yrdqbt1u8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8yqb7ro1xwtu5fnkegpaz6";

/** The third week of a garden association. */
export function fullWorld(earlier = 240): World {
  const now = readClock();
  const feed = fakePosts(now, earlier);
  const first = feed[0];
  const replies = first === undefined ? [] : fakeReplies(first, now);
  return {
    ...firstDay(),
    network: {
      reach: "everywhere",
      stage: "connected",
      connected: [
        { ...ana, way: "direct", helper: null },
        { ...ben, way: "network", helper: null },
        { ...shira, way: "helper", helper: ben },
      ],
      leftOut: [],
      nearby: 3,
      helpers: [ben],
      addresses: ["192.168.1.23:49737"],
    },
    settings,
    posts: [...feed, ...replies],
    arriving: [shira],
    contacts: fakeContacts(now),
    keepers: fakeKeepers(now),
    invites: {
      made: [
        {
          invite: inviteId("for kenji"),
          link: `${LINK}n`,
          madeAt: now - 2 * 3_600_000,
          expiresAt: now + 6.8 * 86_400_000,
          uses: 1,
          message: "Come and see the garden pictures.",
          takenBy: [],
          withdrawn: false,
          requests: [],
        },
        {
          invite: inviteId("for the choir"),
          link: `${LINK}r`,
          madeAt: now - 26 * 3_600_000,
          expiresAt: now + 13 * 86_400_000,
          uses: 12,
          message: "",
          takenBy: [ben],
          withdrawn: false,
          requests: [
            {
              person: personId("Noor"),
              name: "Noor",
              message: "I sing alto. Lotte gave me the link.",
            },
          ],
        },
        {
          invite: inviteId("for ana"),
          link: `${LINK}t`,
          madeAt: now - 19 * 86_400_000,
          expiresAt: now - 12 * 86_400_000,
          uses: 1,
          message: "",
          takenBy: [ana],
          withdrawn: false,
          requests: [],
        },
      ],
      opened: [
        {
          invite: inviteId("from lotte"),
          person: personId("Lotte"),
          name: "Lotte",
          openedAt: now - 1_800_000,
          state: { stage: "waiting" },
        },
      ],
    },
    collections: fakeCollections(now),
    transfers: fakeTransfers(now),
    traffic: fakeTraffic,
    room: fakeRoom,
    freeable: fakeFreeable,
    removedFiles: fakeRemoved(now),
  };
}

/** A world that can be watched. */
export interface WorldStore {
  readonly get: () => World;
  readonly set: (change: (before: World) => Partial<World>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function worldStore(first: World): WorldStore {
  let world = first;
  const listeners = new Set<() => void>();
  return {
    get: () => world,
    set: (change) => {
      world = { ...world, ...change(world) };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
