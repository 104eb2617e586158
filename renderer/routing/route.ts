import * as v from "valibot";
import {
  entryRefSchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";

/** Every place of the app. Kept in the history entry, never in the address. */
const routeSchema = v.variant("screen", [
  v.object({ screen: v.literal("home") }),
  v.object({ screen: v.literal("post"), post: entryRefSchema }),
  v.object({ screen: v.literal("people") }),
  v.object({ screen: v.literal("person"), person: personIdSchema }),
  v.object({ screen: v.literal("files") }),
  v.object({
    screen: v.literal("collection"),
    collection: spaceIdSchema,
    folder: v.string(),
  }),
  v.object({ screen: v.literal("settings") }),
  v.object({ screen: v.literal("room") }),
  v.object({ screen: v.literal("keepers") }),
  v.object({ screen: v.literal("connection") }),
  v.object({ screen: v.literal("link"), link: v.string() }),
]);

export type Route = v.InferOutput<typeof routeSchema>;

export const home: Route = { screen: "home" };

const entrySchema = v.object({ route: routeSchema, depth: v.number() });

/** What a history entry holds; null when it is not one of ours. */
export function readEntry(
  value: unknown,
): { readonly route: Route; readonly depth: number } | null {
  const read = v.safeParse(entrySchema, value);
  return read.success ? read.output : null;
}
