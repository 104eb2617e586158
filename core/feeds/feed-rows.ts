import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import { CLOCK_AHEAD_MS } from "#core/contract/limits.ts";
import type { Named, NamedContent } from "#core/files/named.ts";
import type { Database } from "#core/storage/database.ts";
import type { WrittenAttachment } from "./feed-entries.ts";
import type { Noted, NotedEntry } from "./feed-notes.ts";
import { foldPost } from "./fold-post.ts";

/** Makes the row of a post from everything noted about it; none while the post itself is not here. */
export function writePost(
  index: Database,
  named: Named,
  ref: EntryRef,
  entries: readonly Noted[],
): void {
  const post = foldPost(ref, entries);
  if (post === null) return;
  const { base, arrivedAt } = post;
  const isAhead = post.writtenAt > arrivedAt + CLOCK_AHEAD_MS;
  index.run(
    `INSERT OR REPLACE INTO posts
       (ref, id, space, person, audience, shown_ms, written_ms, arrived, text,
        other_versions, versions, attachments, has_files, reactions, withdrawn,
        reply_to)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ref,
      base.id,
      post.space,
      post.person,
      post.audience,
      isAhead ? arrivedAt : post.writtenAt,
      post.writtenAt,
      arrivedAt,
      post.text,
      JSON.stringify(post.otherVersions),
      JSON.stringify(post.versions),
      JSON.stringify(base.attachments),
      base.attachments.length > 0 ? 1 : 0,
      JSON.stringify(post.reactions),
      post.withdrawnAt,
      base.replyTo,
    ],
  );
  const stays = post.withdrawnAt === null;
  named.replace(post.space, ref, stays ? base.attachments.map(content) : []);
}

/** Makes the row of a person's profile: the latest one they wrote in any feed. */
export function writeProfile(
  index: Database,
  named: Named,
  person: PersonId,
  entries: readonly Noted[],
): void {
  const profiles = entries.filter(isProfile);
  const last = profiles.at(-1);
  if (last === undefined) return;
  const { name, about, picture } = last.entry;
  index.run(
    `INSERT OR REPLACE INTO profiles (person, name, about, picture)
     VALUES (?, ?, ?, ?)`,
    [person, name, about, picture === null ? null : JSON.stringify(picture)],
  );
  for (const space of new Set(profiles.map((noted) => noted.space))) {
    const here = profiles.filter((noted) => noted.space === space).at(-1);
    const shown = here?.entry.picture ?? null;
    named.replace(
      space,
      `profile:${person}`,
      shown === null ? [] : [content(shown)],
    );
  }
}

/** Makes the row of an offer: the last word of whoever offered it. */
export function writeOffer(
  index: Database,
  collection: SpaceId,
  entries: readonly Noted[],
): void {
  const last = entries.at(-1);
  if (last?.entry.type !== "offer") return;
  index.run(
    `INSERT OR REPLACE INTO offers
       (space, collection, person, audience, title, offered)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [
      last.space,
      collection,
      last.person,
      last.audience,
      last.entry.title,
      last.entry.offered ? 1 : 0,
    ],
  );
}

function content(attachment: WrittenAttachment): NamedContent {
  const { root, name, size, chunkSize, mediaType } = attachment;
  return { root, name, size, chunkSize, mediaType };
}

function isProfile(noted: Noted): noted is Noted & {
  readonly entry: Extract<NotedEntry, { readonly type: "profile" }>;
} {
  return noted.entry.type === "profile";
}
