import * as v from "valibot";
import { entryRefSchema, fileRootSchema } from "#core/contract/ids.ts";
import {
  CHUNK_MAX_BYTES,
  CHUNK_MIN_BYTES,
  CHUNKS_PER_FILE,
  POST_ATTACHMENTS,
  POST_TEXT_BYTES,
} from "#core/contract/limits.ts";
import { spaceLinkSchema } from "#core/spaces/charter.ts";

const whole = (most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** A file by content, as an entry names it (FI1). */
export const contentFields = {
  size: whole(CHUNK_MAX_BYTES * CHUNKS_PER_FILE),
  changedAt: v.pipe(v.number(), v.safeInteger()),
  mediaType: v.pipe(v.string(), v.maxLength(255)),
  chunkSize: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(CHUNK_MIN_BYTES),
    v.maxValue(CHUNK_MAX_BYTES),
  ),
  root: fileRootSchema,
};

const attachment = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  alt: v.pipe(v.string(), v.maxLength(1000)),
  ...contentFields,
});
const postText = v.pipe(
  v.string(),
  v.check(
    (text) => Buffer.byteLength(text) <= POST_TEXT_BYTES,
    "within the limit of a post",
  ),
);
const replaces = v.pipe(v.array(entryRefSchema), v.maxLength(64));
const emoji = v.pipe(v.string(), v.minLength(1), v.maxLength(32));

/** What a feed contains (EN6). On disk and on the wire since 0.1; types are only added. */
export const feedEntrySchema = v.variant("type", [
  v.object({
    type: v.literal("profile"),
    name: v.pipe(v.string(), v.maxLength(400)),
    about: v.pipe(v.string(), v.maxLength(4000)),
    picture: v.nullable(attachment),
  }),
  v.object({
    type: v.literal("post"),
    /** Of the author's own making, so that a post held through a crash is written once. */
    id: v.pipe(v.string(), v.maxLength(64)),
    text: postText,
    attachments: v.pipe(v.array(attachment), v.maxLength(POST_ATTACHMENTS)),
    replyTo: v.nullable(entryRefSchema),
  }),
  /** A new text for a post of one's own; `replaces` names the versions it was made from (EN5). */
  v.object({
    type: v.literal("edit"),
    post: entryRefSchema,
    text: postText,
    replaces,
  }),
  v.object({ type: v.literal("withdraw"), post: entryRefSchema }),
  v.object({
    type: v.literal("react"),
    post: entryRefSchema,
    emoji,
    on: v.boolean(),
  }),
  /** A collection offered to whoever reads this feed; taken back with `offered: false`. */
  v.object({
    type: v.literal("offer"),
    link: spaceLinkSchema,
    title: v.pipe(v.string(), v.maxLength(400)),
    offered: v.boolean(),
  }),
]);

export type FeedEntry = v.InferOutput<typeof feedEntrySchema>;
export type FeedEntryOf<T extends FeedEntry["type"]> = Extract<
  FeedEntry,
  { readonly type: T }
>;
export type WrittenAttachment = FeedEntryOf<"post">["attachments"][number];
