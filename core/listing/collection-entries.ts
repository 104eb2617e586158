import * as v from "valibot";
import {
  entryRefSchema,
  fileRootSchema,
  logKeySchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import { NAME_CHARACTERS, PATH_BYTES } from "#core/contract/limits.ts";
import { isChunking } from "#core/files/chunks.ts";
import { safePath } from "#core/naming/naming.ts";

/** Current versions that one entry can take the place of (EN5). */
export const REPLACES_MAX = 64;
/** Logs of one writer whose lengths a withdrawal names: a device is a log. */
export const WRITER_LOGS_MAX = 64;

const path = v.pipe(
  v.string(),
  v.maxLength(PATH_BYTES),
  // What the naming layer would refuse could be listed and never fetched (FI7).
  // Any system will do: what is refused does not differ.
  v.check((text) => safePath(text, "linux").kind === "safe", "a path"),
);
const replaces = v.pipe(v.array(entryRefSchema), v.maxLength(REPLACES_MAX));

/** What a collection contains (EN6). On disk and on the wire since 0.1; types are only added. */
export const collectionEntrySchema = v.variant("type", [
  /** The latest one stands. */
  v.object({
    type: v.literal("describe"),
    title: v.pipe(v.string(), v.maxLength(400)),
    about: v.pipe(v.string(), v.maxLength(4000)),
  }),
  /** A file as it is now (FI1). `replaces` names the versions it was made from (EN5). */
  v.pipe(
    v.object({
      type: v.literal("put"),
      path,
      size: v.pipe(v.number(), v.integer(), v.minValue(0)),
      /** The file's own modification time, milliseconds since 1970. */
      changedAt: v.pipe(v.number(), v.safeInteger()),
      mediaType: v.pipe(v.string(), v.maxLength(255)),
      chunkSize: v.number(),
      root: fileRootSchema,
      replaces,
      /** Versions that go on standing, or stand again, beside this one: how settling them is undone. Since 0.2. */
      beside: v.exactOptional(replaces),
      /** The path this file had until now; `replaces` names its versions there too (FI9). Since 0.2. */
      from: v.exactOptional(path),
    }),
    v.check(
      ({ size, chunkSize }) => isChunking(size, chunkSize),
      "a size with its chunk size",
    ),
  ),
  v.object({
    type: v.literal("remove"),
    path,
    replaces,
    /** As with a put. Since 0.2. */
    beside: v.exactOptional(replaces),
  }),
  /**
   * The founder lets a person write, or no longer; the latest one stands (SP5).
   * `logs` then says how many blocks of each of their logs still count. Since 0.2.
   */
  v.object({
    type: v.literal("admit"),
    person: personIdSchema,
    /** What they call themself, for those who have not met them. */
    name: v.exactOptional(v.pipe(v.string(), v.maxLength(NAME_CHARACTERS * 4))),
    on: v.boolean(),
    logs: v.pipe(
      v.array(
        v.object({
          log: logKeySchema,
          length: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        }),
      ),
      v.maxLength(WRITER_LOGS_MAX),
    ),
  }),
]);

export type CollectionEntry = v.InferOutput<typeof collectionEntrySchema>;
export type CollectionEntryOf<T extends CollectionEntry["type"]> = Extract<
  CollectionEntry,
  { readonly type: T }
>;
