import * as v from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import {
  LOOK_DURATION_MS,
  LOOK_PICTURE_BYTES,
  LOOK_SIDE_MAX,
} from "#core/contract/limits.ts";

const whole = (least: number, most: number) =>
  v.nullable(
    v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
  );

/** How a file of a collection looks, as who shared it says (FI12). On disk and on the wire since 0.2. */
export const lookEntrySchema = v.pipe(
  v.object({
    type: v.literal("look"),
    /** Of which content. */
    root: fileRootSchema,
    width: whole(1, LOOK_SIDE_MAX),
    height: whole(1, LOOK_SIDE_MAX),
    durationMs: whole(0, LOOK_DURATION_MS),
    /** A content of one chunk, named by this entry (FI5). */
    picture: v.nullable(
      v.object({
        root: fileRootSchema,
        size: v.pipe(
          v.number(),
          v.integer(),
          v.minValue(1),
          v.maxValue(LOOK_PICTURE_BYTES),
        ),
        mediaType: v.picklist(["image/webp", "image/jpeg"]),
      }),
    ),
  }),
  v.check(
    ({ width, height }) => (width === null) === (height === null),
    "both sides, or none",
  ),
);

export type LookEntry = v.InferOutput<typeof lookEntrySchema>;
