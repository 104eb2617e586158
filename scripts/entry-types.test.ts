import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectionEntrySchema } from "#core/listing/collection-entries.ts";
import { feedEntrySchema } from "#core/feeds/feed-entries.ts";
import { lookEntrySchema } from "#core/looks/look-entries.ts";
import { selfEntrySchema } from "#core/self/self-entries.ts";

/** The types after `- feed:` and the like, below rule EN6. */
function writtenTypes(kind: string): readonly string[] {
  const text = readFileSync("docs/protocol.md", "utf8");
  const line = new RegExp(`^ {2}- ${kind}: ([^]*?)\n(?! {4})`, "m").exec(text);
  return [...(line?.[1] ?? "").matchAll(/`([^`]+)`/g)].map(
    (found) => found[1] ?? "",
  );
}

test.each([
  ["feed", feedEntrySchema.options],
  ["collection", [...collectionEntrySchema.options, lookEntrySchema]],
  ["self", selfEntrySchema.options],
])(
  "EN6: the protocol names every entry type of a %s, and no other",
  (kind, schemas) => {
    const types = schemas.map(({ entries }) => entries.type.literal);
    expect(writtenTypes(kind)).toEqual(types);
  },
);
