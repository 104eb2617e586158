import * as v from "valibot";
import {
  entryRefSchema,
  grantIdSchema,
  inviteIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "./ids.ts";
import {
  INVITE_LIFE_MAX_MS,
  INVITE_MESSAGE_CHARACTERS,
  INVITE_USES_MAX,
  KEEPS_PER_PERSON,
  LINK_CHARACTERS,
  NAME_CHARACTERS,
  POST_ATTACHMENTS,
  POST_TEXT_BYTES,
  WINDOW_ROWS,
} from "./limits.ts";
import type { CoreMethod, MethodInput } from "./methods.ts";
import type { CoreStateName, StateParams } from "./states.ts";
import { collectionSchemas } from "./collection-schemas.ts";
import {
  nothing,
  text,
  whole,
  path,
  bytes,
  excludes,
} from "./input-schemas.ts";
import type { Schema } from "./input-schemas.ts";

/** What the core accepts from the interface, checked at run time before use (HO1). */

const audience = v.picklist(["contacts", "link"]);
/** Long texts are let in up to twice the limit, so that the core can answer with its own words. */
const postText = text(POST_TEXT_BYTES * 2);
const systemPath = text(8192);
/** A second's worth of bytes; less than this would only look like standing still. */
const speed = v.nullable(whole(1_000, Number.MAX_SAFE_INTEGER));
const minute = whole(0, 24 * 60 - 1);
const lock = v.variant("kind", [
  v.strictObject({ kind: v.literal("keyring") }),
  v.strictObject({ kind: v.literal("password"), password: text(1024) }),
  v.strictObject({ kind: v.literal("unlocked") }),
]);
const window = {
  first: whole(0, 100_000_000),
  count: whole(0, WINDOW_ROWS),
};

export const methodSchemas: {
  readonly [M in CoreMethod]: Schema<MethodInput<M>>;
} = {
  start: v.strictObject({
    name: text(NAME_CHARACTERS * 4),
    lock,
    phrase: v.nullable(text(1024)),
  }),
  startAgain: nothing,
  unlock: v.strictObject({ password: text(1024) }),
  unlockWithWords: v.strictObject({ phrase: text(1024) }),
  changeLock: v.strictObject({ lock, password: v.nullable(text(1024)) }),
  showPhrase: nothing,
  setProfile: v.strictObject({
    name: text(NAME_CHARACTERS * 4),
    about: text(1000),
    picture: v.variant("kind", [
      v.strictObject({ kind: v.literal("keep") }),
      v.strictObject({ kind: v.literal("remove") }),
      v.strictObject({ kind: v.literal("set"), grant: grantIdSchema }),
    ]),
  }),
  updateSettings: v.strictObject({
    theme: v.exactOptional(v.picklist(["system", "light", "dark"])),
    undoMs: v.exactOptional(whole(0, 30_000)),
    sendHints: v.exactOptional(v.boolean()),
    useHelpers: v.exactOptional(v.boolean()),
    beHelper: v.exactOptional(v.boolean()),
    network: v.exactOptional(
      v.picklist(["everywhere", "this-network", "nobody"]),
    ),
    getGoingClosed: v.exactOptional(v.boolean()),
    wordsSaved: v.exactOptional(v.boolean()),
    pausedAll: v.exactOptional(v.boolean()),
    limits: v.exactOptional(
      v.strictObject({
        down: speed,
        up: speed,
        schedule: v.nullable(v.strictObject({ from: minute, to: minute })),
      }),
    ),
    room: v.exactOptional(
      v.strictObject({
        limit: v.nullable(bytes),
        alwaysFree: bytes,
        freeByItself: v.boolean(),
      }),
    ),
  }),
  setDownloadFolder: v.strictObject({ grant: grantIdSchema }),

  post: v.strictObject({
    text: postText,
    audience,
    replyTo: v.nullable(entryRefSchema),
    attachments: v.pipe(
      v.array(v.strictObject({ grant: grantIdSchema, alt: text(1000) })),
      v.maxLength(POST_ATTACHMENTS),
    ),
  }),
  undoPost: v.strictObject({ held: text(64) }),
  editPost: v.strictObject({ post: entryRefSchema, text: postText }),
  withdrawPost: v.strictObject({ post: entryRefSchema }),
  react: v.strictObject({
    post: entryRefSchema,
    emoji: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
    on: v.boolean(),
  }),
  postVersions: v.strictObject({ post: entryRefSchema }),
  markRead: v.strictObject({
    posts: v.pipe(v.array(entryRefSchema), v.maxLength(100_000)),
    read: v.boolean(),
  }),
  markAllRead: nothing,
  saveDraft: v.strictObject({ place: text(256), text: postText, audience }),
  readDraft: v.strictObject({ place: text(256) }),

  setKeeper: v.strictObject({
    person: personIdSchema,
    mode: v.picklist(["blind", "readable", "stopped"]),
    feeds: v.boolean(),
    collections: v.pipe(v.array(spaceIdSchema), v.maxLength(KEEPS_PER_PERSON)),
    bytes: v.nullable(whole(0, Number.MAX_SAFE_INTEGER)),
    until: v.nullable(whole(0, Number.MAX_SAFE_INTEGER)),
  }),
  setKeptFor: v.strictObject({
    person: personIdSchema,
    bytes: whole(0, Number.MAX_SAFE_INTEGER),
    until: v.nullable(whole(0, Number.MAX_SAFE_INTEGER)),
  }),
  keepForAll: v.strictObject({
    bytes: whole(0, Number.MAX_SAFE_INTEGER),
    people: whole(1, Number.MAX_SAFE_INTEGER),
  }),

  createInvite: v.strictObject({
    lifeMs: whole(60_000, INVITE_LIFE_MAX_MS),
    uses: whole(1, INVITE_USES_MAX),
    message: text(INVITE_MESSAGE_CHARACTERS),
  }),
  withdrawInvite: v.strictObject({
    invite: inviteIdSchema,
    withdrawn: v.boolean(),
  }),
  answerRequest: v.strictObject({
    invite: inviteIdSchema,
    person: personIdSchema,
    accept: v.boolean(),
  }),
  readLink: v.strictObject({ link: text(LINK_CHARACTERS * 4) }),
  openLink: v.strictObject({ link: text(LINK_CHARACTERS * 4) }),
  closeInvite: v.strictObject({ invite: inviteIdSchema }),
  setNickname: v.strictObject({
    person: personIdSchema,
    nickname: v.nullable(text(NAME_CHARACTERS)),
  }),
  removeContact: v.strictObject({
    person: personIdSchema,
    removed: v.boolean(),
  }),

  examine: nothing,
  connectTo: v.strictObject({ address: text(100) }),
  setDrill: v.strictObject({ on: v.boolean() }),

  ...collectionSchemas,

  pick: v.strictObject({ what: v.picklist(["folder", "files"]) }),
  listFolders: v.strictObject({ path: v.nullable(systemPath) }),
  makeFolder: v.strictObject({ path: systemPath, name: text(255) }),
  grantFolder: v.strictObject({ path: systemPath }),
};

export const stateSchemas: {
  readonly [S in CoreStateName]: Schema<StateParams<S>>;
} = {
  app: nothing,
  me: nothing,
  network: nothing,
  drill: nothing,
  settings: nothing,
  feed: v.strictObject({
    filter: v.picklist(["all", "unread", "files", "mine"]),
    ...window,
  }),
  held: nothing,
  thread: v.strictObject({ post: entryRefSchema }),
  contacts: nothing,
  invites: nothing,
  keepers: nothing,
  person: v.strictObject({ person: personIdSchema, ...window }),
  collections: nothing,
  collection: v.strictObject({
    collection: spaceIdSchema,
    folder: path,
    search: text(256),
    ...window,
  }),
  copies: v.strictObject({ collection: spaceIdSchema, path }),
  removedFiles: v.strictObject({ collection: spaceIdSchema, ...window }),
  sharePreview: v.strictObject({
    folder: v.variant("kind", [
      v.strictObject({ kind: v.literal("grant"), grant: grantIdSchema }),
      v.strictObject({
        kind: v.literal("collection"),
        collection: spaceIdSchema,
      }),
    ]),
    excludes,
  }),
  versions: v.strictObject({ collection: spaceIdSchema, path }),
  transfers: nothing,
  untoldFiles: nothing,
  traffic: nothing,
  room: nothing,
  freeable: v.strictObject({ ...window }),
};
