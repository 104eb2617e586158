import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectionEntrySchema } from "#core/listing/collection-entries.ts";
import { feedEntrySchema } from "#core/feeds/feed-entries.ts";
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
  ["feed", feedEntrySchema],
  ["collection", collectionEntrySchema],
  ["self", selfEntrySchema],
])(
  "EN6: the protocol names every entry type of a %s, and no other",
  (kind, schema) => {
    const types = schema.options.map((option) => option.entries.type.literal);
    expect(writtenTypes(kind)).toEqual(types);
  },
);
