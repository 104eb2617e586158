import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { PostVersion } from "#core/contract/feed-models.ts";
import type { FeedEntryOf } from "./feed-entries.ts";
import type { Noted } from "./feed-notes.ts";

/** A reaction that stands: one for each person and emoji. */
export interface StandingReaction {
  readonly emoji: string;
  readonly person: PersonId;
}

export interface FoldedPost {
  readonly base: FeedEntryOf<"post">;
  readonly person: PersonId;
  readonly space: SpaceId;
  readonly audience: "contacts" | "link";
  readonly writtenAt: number;
  readonly arrivedAt: number;
  readonly text: string;
  /** Texts of edits made at the same time as the shown one (EN5). */
  readonly otherVersions: readonly string[];
  /** Every version, oldest first, with the reference an edit of it names. */
  readonly versions: readonly (PostVersion & {
    readonly ref: EntryRef;
    readonly isHead: boolean;
  })[];
  readonly reactions: readonly StandingReaction[];
  readonly withdrawnAt: number | null;
}

/**
 * What a post is, from the set of entries about it in folding order. Pure
 * (EN4). Only its author, in the feed it was posted to, can edit or withdraw
 * it; anybody can react, in their own name only.
 */
export function foldPost(
  ref: EntryRef,
  entries: readonly Noted[],
): FoldedPost | null {
  const origin = entries.find((noted) => noted.ref === ref);
  if (origin?.entry.type !== "post") return null;
  const base = origin.entry;
  const byAuthor = entries.filter(
    (noted) => noted.person === origin.person && noted.space === origin.space,
  );
  const versions = [{ ref, text: base.text, at: origin.writtenAt }];
  const replaced = new Set<EntryRef>();
  let withdrawnAt: number | null = null;
  for (const noted of byAuthor) {
    if (noted.entry.type === "edit") {
      versions.push({
        ref: noted.ref,
        text: noted.entry.text,
        at: noted.writtenAt,
      });
      for (const old of noted.entry.replaces)
        if (old !== noted.ref) replaced.add(old);
    }
    if (noted.entry.type === "withdraw") withdrawnAt ??= noted.writtenAt;
  }
  const heads = versions.filter((version) => !replaced.has(version.ref));
  // Edits that name each other in a ring leave no head; the last one stands.
  const shown = heads.at(-1) ?? versions.at(-1);
  return {
    base,
    person: origin.person,
    space: origin.space,
    audience: origin.audience,
    writtenAt: origin.writtenAt,
    arrivedAt: origin.arrivedAt,
    text: shown?.text ?? base.text,
    otherVersions: heads
      .filter((version) => version !== shown)
      .map((version) => version.text),
    versions: versions.map((version) => ({
      ...version,
      isHead: heads.includes(version),
    })),
    reactions: standing(entries),
    withdrawnAt,
  };
}

function standing(entries: readonly Noted[]): readonly StandingReaction[] {
  const last = new Map<string, StandingReaction & { readonly on: boolean }>();
  for (const { entry, person } of entries) {
    if (entry.type !== "react") continue;
    last.set(`${person} ${entry.emoji}`, {
      emoji: entry.emoji,
      person,
      on: entry.on,
    });
  }
  return [...last.values()]
    .filter(({ on }) => on)
    .map(({ emoji, person }) => ({ emoji, person }));
}
