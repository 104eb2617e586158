import * as v from "valibot";
import { PATH_BYTES } from "./limits.ts";

/** Pieces that what the core accepts is made of. */

export const nothing = v.strictObject({});
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
export const path = text(PATH_BYTES);
export const bytes = whole(0, Number.MAX_SAFE_INTEGER);
export const excludes = v.strictObject({
  hidden: v.boolean(),
  temporary: v.boolean(),
  patterns: v.pipe(v.array(text(200)), v.maxLength(100)),
});
export type Schema<T> = v.GenericSchema<unknown, T>;
