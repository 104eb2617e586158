import * as v from "valibot";
import {
  entryRefSchema,
  fileRootSchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { PersonId } from "#core/contract/ids.ts";

/** The columns of a post that hold JSON, read back with their types. */

const versionsSchema = v.array(
  v.object({
    ref: entryRefSchema,
    text: v.string(),
    at: v.number(),
    isHead: v.boolean(),
  }),
);

const reactionsSchema = v.array(
  v.object({ emoji: v.string(), person: personIdSchema }),
);

const attachmentsSchema = v.array(
  v.object({
    root: fileRootSchema,
    name: v.string(),
    size: v.number(),
    chunkSize: v.number(),
    mediaType: v.string(),
    alt: v.string(),
  }),
);

export function readVersions(json: string) {
  return v.parse(versionsSchema, JSON.parse(json));
}

export function readAttachments(json: string) {
  return v.parse(attachmentsSchema, JSON.parse(json));
}

/** Reactions gathered by emoji, in the order they first appeared. */
export function readReactions(
  json: string,
): readonly { readonly emoji: string; readonly people: PersonId[] }[] {
  const byEmoji = new Map<string, PersonId[]>();
  for (const { emoji, person } of v.parse(reactionsSchema, JSON.parse(json))) {
    const people = byEmoji.get(emoji) ?? [];
    people.push(person);
    byEmoji.set(emoji, people);
  }
  return [...byEmoji].map(([emoji, people]) => ({ emoji, people }));
}
