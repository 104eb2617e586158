import * as v from "valibot";
import {
  entryRefSchema,
  fileRootSchema,
  grantIdSchema,
  personIdSchema,
  spaceIdSchema,
  transferIdSchema,
} from "./ids.ts";
import {
  LOOK_DURATION_MS,
  LOOK_PICTURE_BYTES,
  LOOK_SIDE_MAX,
  LOOKS_AT_ONCE,
} from "./limits.ts";
import { FILE_KINDS } from "./keeping-models.ts";
import type { MethodInput } from "./methods.ts";
import type { CollectionMethods } from "./collection-methods.ts";
import {
  nothing,
  text,
  whole,
  path,
  bytes,
  excludes,
} from "./input-schemas.ts";
import type { Schema } from "./input-schemas.ts";

const people = v.pipe(v.array(personIdSchema), v.maxLength(10_000));
const paths = v.pipe(v.array(path), v.maxLength(100_000));
const shareAudience = v.variant("kind", [
  v.strictObject({ kind: v.literal("link") }),
  v.strictObject({ kind: v.literal("contacts") }),
  v.strictObject({ kind: v.literal("chosen"), people }),
]);
const grants = v.pipe(v.array(grantIdSchema), v.maxLength(10_000));
const side = v.nullable(whole(1, LOOK_SIDE_MAX));
const foundLook = v.variant("kind", [
  v.strictObject({
    kind: v.literal("seen"),
    root: fileRootSchema,
    width: side,
    height: side,
    durationMs: v.nullable(whole(0, LOOK_DURATION_MS)),
    // Base64 is a third longer than what it stands for.
    picture: v.nullable(text(LOOK_PICTURE_BYTES * 1.5)),
  }),
  v.strictObject({ kind: v.literal("blind"), root: fileRootSchema }),
  v.strictObject({ kind: v.literal("later"), root: fileRootSchema }),
]);

/** As `methodSchemas`: what is asked about collections. */
export const collectionSchemas: {
  readonly [M in keyof CollectionMethods]: Schema<MethodInput<M>>;
} = {
  shareFolder: v.strictObject({
    folder: grantIdSchema,
    title: text(200),
    about: text(2000),
    audience: shareAudience,
    excludes: v.exactOptional(excludes),
  }),
  shareFiles: v.strictObject({
    files: v.pipe(grants, v.minLength(1)),
    title: text(200),
    about: text(2000),
    audience: shareAudience,
  }),
  setFolderOptions: v.strictObject({
    collection: spaceIdSchema,
    live: v.boolean(),
    excludes,
  }),
  findFolder: v.strictObject({
    collection: spaceIdSchema,
    folder: grantIdSchema,
  }),
  removeGone: v.strictObject({ collection: spaceIdSchema }),
  copyIntoFolder: v.strictObject({
    collection: spaceIdSchema,
    grants,
    excludes: v.exactOptional(excludes),
  }),
  setWriters: v.strictObject({ collection: spaceIdSchema, people }),
  joinFolder: v.strictObject({
    collection: spaceIdSchema,
    folder: v.nullable(grantIdSchema),
  }),
  leaveFolder: v.strictObject({ collection: spaceIdSchema }),
  resolveVersions: v.strictObject({
    collection: spaceIdSchema,
    path,
    keep: v.variant("kind", [
      v.strictObject({ kind: v.literal("both") }),
      v.strictObject({ kind: v.literal("version"), version: entryRefSchema }),
      v.strictObject({ kind: v.literal("removal") }),
    ]),
  }),
  reopenVersions: v.strictObject({
    collection: spaceIdSchema,
    path,
    settled: entryRefSchema,
    added: v.pipe(v.array(path), v.maxLength(64)),
  }),
  putBack: v.strictObject({
    collection: spaceIdSchema,
    path,
    version: entryRefSchema,
  }),
  updateCollection: v.strictObject({ collection: spaceIdSchema }),
  removeCollection: v.strictObject({
    collection: spaceIdSchema,
    removed: v.boolean(),
  }),
  collectionLink: v.strictObject({ collection: spaceIdSchema }),
  download: v.strictObject({
    collection: spaceIdSchema,
    paths: v.pipe(v.array(path), v.maxLength(100_000)),
    folder: v.nullable(grantIdSchema),
  }),
  saveCopies: v.strictObject({
    collection: spaceIdSchema,
    paths,
    folder: grantIdSchema,
  }),
  openFile: v.strictObject({
    collection: spaceIdSchema,
    path,
    how: v.picklist(["open", "show"]),
  }),
  pauseTransfer: v.strictObject({
    transfer: transferIdSchema,
    paused: v.boolean(),
  }),
  cancelTransfer: v.strictObject({ transfer: transferIdSchema }),
  retryTransfer: v.strictObject({ transfer: transferIdSchema }),
  clearTransfers: nothing,
  describeFiles: v.strictObject({
    looks: v.pipe(v.array(foundLook), v.maxLength(LOOKS_AT_ONCE)),
  }),
  moveTransfer: v.strictObject({
    transfer: transferIdSchema,
    to: v.picklist(["up", "down"]),
  }),

  keep: v.strictObject({
    collection: spaceIdSchema,
    paths,
    kept: v.boolean(),
  }),
  undo: v.strictObject({ undo: text(64) }),
  keepRemoved: v.strictObject({ collection: spaceIdSchema, paths }),
  setCollectionRule: v.strictObject({
    collection: spaceIdSchema,
    rule: v.variant("kind", [
      v.strictObject({ kind: v.literal("opened") }),
      v.strictObject({ kind: v.literal("everything") }),
      v.strictObject({ kind: v.literal("up-to"), bytes }),
      v.strictObject({
        kind: v.literal("kinds"),
        kinds: v.pipe(
          v.array(v.picklist(FILE_KINDS)),
          v.maxLength(FILE_KINDS.length),
        ),
      }),
    ]),
  }),
  setCollectionPaused: v.strictObject({
    collection: spaceIdSchema,
    paused: v.boolean(),
  }),
  mendFile: v.strictObject({
    collection: spaceIdSchema,
    path,
    how: v.picklist(["again", "keep"]),
  }),
  freeSpace: v.strictObject({
    collection: spaceIdSchema,
    paths,
    insist: v.boolean(),
  }),
  freeVersions: nothing,
  undoFree: v.strictObject({ batch: text(64) }),
};
