import { createState } from "#core/base/state.ts";
import type { Source, State } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Feed } from "#core/contract/feed-models.ts";
import type { Grant } from "#core/contract/models.ts";
import type { Core, FileSource, Grants } from "#core/core-port.ts";
import type { Handlers, StateSources } from "#core/rpc/handlers.ts";
import { grantIdSchema } from "#core/contract/ids.ts";
import * as v from "valibot";

/** A core that holds nothing, for tests of what stands around it. */
export interface FakeCore extends Core {
  /** How often it was told that the computer woke up. */
  readonly wakes: number;
  /** The state `network` of the fake, to be changed by a test. */
  readonly network: Source<
    ReturnType<StateSources["network"]> extends State<infer T> ? T : never
  >;
  /** Paths granted so far, uploads with their name. */
  readonly granted: readonly {
    readonly path: string;
    readonly name: string | null;
  }[];
  readonly closed: boolean;
}

const missing = (): Promise<never> =>
  Promise.reject(new CoreError("not-found", { what: "fake" }));
const nothing = () => Promise.resolve({});

const handlers: Handlers = {
  start: nothing,
  startAgain: missing,
  unlock: missing,
  unlockWithWords: missing,
  changeLock: missing,
  showPhrase: missing,
  setProfile: nothing,
  updateSettings: nothing,
  setDownloadFolder: missing,
  setDrill: missing,
  connectTo: missing,
  examine: missing,
  post: missing,
  undoPost: missing,
  editPost: missing,
  withdrawPost: missing,
  react: missing,
  postVersions: missing,
  markRead: nothing,
  markAllRead: () => Promise.resolve({ posts: [] }),
  saveDraft: nothing,
  readDraft: () => Promise.resolve({ draft: null }),
  createInvite: missing,
  withdrawInvite: missing,
  setKeeper: missing,
  setKeptFor: missing,
  keepForAll: missing,
  answerRequest: missing,
  readLink: () => Promise.reject(new CoreError("invite-foreign", {})),
  openLink: () => Promise.reject(new CoreError("invite-foreign", {})),
  closeInvite: missing,
  setNickname: missing,
  removeContact: missing,
  shareFolder: missing,
  shareFiles: missing,
  setFolderOptions: missing,
  findFolder: missing,
  removeGone: missing,
  copyIntoFolder: missing,
  setWriters: missing,
  joinFolder: missing,
  leaveFolder: missing,
  resolveVersions: missing,
  reopenVersions: missing,
  putBack: missing,
  updateCollection: missing,
  removeCollection: missing,
  collectionLink: missing,
  download: missing,
  openFile: missing,
  pauseTransfer: missing,
  cancelTransfer: missing,
  retryTransfer: missing,
  clearTransfers: nothing,
  moveTransfer: missing,
  keep: missing,
  setCollectionRule: missing,
  setCollectionPaused: missing,
  mendFile: missing,
  freeSpace: missing,
  undoFree: missing,
  undo: missing,
  freeVersions: missing,
  keepRemoved: missing,
  describeFiles: nothing,
  pick: () => Promise.resolve({ supported: false, grants: [] }),
  listFolders: missing,
  makeFolder: missing,
  saveCopies: missing,
  grantFolder: missing,
};

export const emptyFeed: Feed = {
  filter: "all",
  unread: 0,
  arriving: [],
  first: 0,
  total: 0,
  items: [],
};

export interface FakeCoreOptions {
  readonly handlers?: Partial<Handlers>;
  readonly states?: Partial<StateSources>;
  readonly files?: FileSource;
}

export function createFakeCore(options: FakeCoreOptions = {}): FakeCore {
  const network: FakeCore["network"] = createState({
    reach: "everywhere",
    stage: "quiet",
    connected: [],
    leftOut: [],
    nearby: 0,
    helpers: [],
    addresses: [],
  });
  const wakes: null[] = [];
  const granted: { path: string; name: string | null }[] = [];
  let isClosed = false;

  function grant(path: string, name: string | null): Promise<Grant> {
    granted.push({ path, name });
    return Promise.resolve({
      grant: v.parse(grantIdSchema, `fakegrant${String(granted.length)}`),
      name: name ?? path.slice(path.lastIndexOf("/") + 1),
      size: null,
    });
  }
  const grants: Grants = {
    add: (path) => grant(path, null),
    addBytes: (_bytes, name) => grant(name, name),
    addUpload: (path, name) => grant(path, name),
  };

  return {
    handlers: { ...handlers, ...options.handlers },
    states: {
      app: () => createState({ stage: "setup", locks: ["unlocked"] }),
      me: () => createState(null),
      network: () => network,
      drill: () => createState({ stage: "off" }),
      settings: () =>
        createState({
          theme: "system",
          downloadFolder: null,
          undoMs: 5000,
          sendHints: true,
          useHelpers: true,
          beHelper: false,
          network: "everywhere",
          getGoingClosed: false,
          wordsSaved: false,
          pausedAll: false,
          limits: { down: null, up: null, schedule: null },
          room: { limit: null, alwaysFree: 0, freeByItself: false },
        }),
      feed: () => createState(emptyFeed),
      held: () => createState([]),
      thread: () => createState(null),
      contacts: () => createState([]),
      invites: () => createState({ made: [], opened: [] }),
      keepers: () =>
        createState({ mine: [], offers: [], others: [], keepForAll: null }),
      person: () => createState(null),
      collections: () => createState([]),
      collection: () => createState(null),
      copies: () => createState(null),
      removedFiles: () => createState({ first: 0, total: 0, items: [] }),
      sharePreview: () => createState(null),
      versions: () => createState(null),
      transfers: () => createState([]),
      untoldFiles: () => createState([]),
      traffic: () =>
        createState({
          down: 0,
          up: 0,
          limitDown: null,
          limitUp: null,
          until: null,
          pausedAll: false,
        }),
      room: () => createState(null),
      freeable: () => createState({ first: 0, total: 0, items: [] }),
      ...options.states,
    },
    files: options.files ?? { open: () => Promise.resolve(null) },
    grants,
    wake() {
      wakes.push(null);
    },
    network,
    granted,
    get wakes() {
      return wakes.length;
    },
    get closed() {
      return isClosed;
    },
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}
