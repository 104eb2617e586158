import * as v from "valibot";
import { keepIdSchema, logKeySchema } from "#core/contract/ids.ts";
import {
  ENTRY_BATCH_BYTES,
  KEEP_LOGS,
  KEEPS_PER_PERSON,
} from "#core/contract/limits.ts";
import { spaceLinkSchema } from "#core/spaces/charter.ts";
import { keepListSchema } from "#core/spaces/keep-list.ts";

/** Protocol and numbers of the messages about keeping. On the wire since 0.1; only add at the end. */
export const KEEP_PROTOCOL = "commonplace/keep@1";
export const PLEDGE = 0;
export const WISH = 1;
export const GIVE = 2;
export const ONLY = 3;
export const LIST = 4;
export const HELD = 5;
export const ASK_BLOCK = 6;
export const BLOCK = 7;
export const READ = 8;

export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export function base64(bytes: number) {
  return v.pipe(
    v.string(),
    v.maxLength(Math.ceil(bytes / 3) * 4),
    v.base64(),
    v.transform((text) => Buffer.from(text, "base64")),
  );
}

/** From who keeps: this much is held for you, and so much of it is taken. */
export const pledgeSchema = v.strictObject({
  bytes: wholeNumber,
  until: v.nullable(wholeNumber),
  used: wholeNumber,
});

/** From who would like at most this much to be kept, and no longer than until then. */
export const wishSchema = v.strictObject({
  bytes: v.nullable(wholeNumber),
  until: v.nullable(wholeNumber),
});

/** Keep the logs of this list; the keep key finds those who hold them (KE2). */
export const giveSchema = v.strictObject({
  keepKey: v.pipe(
    base64(32),
    v.check((key) => key.length === 32, "a key is 32 bytes"),
  ),
  list: keepListSchema,
});

/** Of mine keep these and nothing else. */
export const onlySchema = v.strictObject({
  keeps: v.pipe(v.array(keepIdSchema), v.maxLength(KEEPS_PER_PERSON)),
});

/** Of mine keep these and nothing else so that you may read them (KE8). */
export const readSchema = v.strictObject({
  spaces: v.pipe(v.array(spaceLinkSchema), v.maxLength(KEEPS_PER_PERSON)),
});

/** Which logs a keeper keeps, to whoever shows the same keep key (KE3). */
export const listSchema = v.strictObject({ list: keepListSchema });

/** How much of which logs a keeper has on disk. */
export const heldSchema = v.strictObject({
  logs: v.pipe(
    v.array(v.strictObject({ log: logKeySchema, length: wholeNumber })),
    v.maxLength(KEEP_LOGS),
  ),
});

/** Show this block, as it lies on your disk (KE5). */
export const askBlockSchema = v.strictObject({
  id: wholeNumber,
  log: logKeySchema,
  index: wholeNumber,
});

export const blockSchema = v.strictObject({
  id: wholeNumber,
  /** Null when it is not there. */
  bytes: v.nullable(base64(ENTRY_BATCH_BYTES + 64)),
});

export type Pledge = v.InferOutput<typeof pledgeSchema>;
export type Wish = v.InferOutput<typeof wishSchema>;
export type Give = v.InferOutput<typeof giveSchema>;
