import * as v from "valibot";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Named } from "#core/files/named.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { Folding, PlacedEntry } from "#core/spaces/fold.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Database } from "#core/storage/database.ts";
import { feedEntrySchema } from "./feed-entries.ts";
import type { FeedEntry } from "./feed-entries.ts";
import type { SeenOffer } from "./model.ts";
import { noteEntry, notedOf } from "./feed-notes.ts";
import { writePost, writeProfile, writeOffer } from "./feed-rows.ts";

export interface FeedFoldOptions {
  readonly index: Database;
  readonly named: Named;
  /** Called after the slice is in the index. Offers hold keys, so they are handed on and not stored. */
  readonly onOffers: (offers: readonly SeenOffer[]) => void;
}

/** What a subject of the feed is, and so which row follows from it. */
type Subject =
  | { readonly kind: "post"; readonly post: EntryRef }
  | { readonly kind: "profile"; readonly person: PersonId }
  | { readonly kind: "offer"; readonly collection: SpaceId };

/** Folds feeds, and the offers inside conversations, into posts, profiles and offers. */
export class FeedFold implements Folding {
  readonly #options: FeedFoldOptions;
  // Nothing else is kept between slices: one that fails is noted again.
  #dirty = new Map<string, { subject: Subject; space: Space }>();
  #offers: SeenOffer[] = [];

  constructor(options: FeedFoldOptions) {
    this.#options = options;
  }

  note(placed: PlacedEntry): void {
    const { space } = placed;
    if (space.kind !== "feed" && space.kind !== "conversation") return;
    const read = v.safeParse(feedEntrySchema, placed.entry);
    if (!read.success) return;
    const entry = read.output;
    // A conversation carries offers; its messages are not read by this version.
    if (space.kind === "conversation" && entry.type !== "offer") return;
    const subject = subjectOf(placed, entry);
    noteEntry(this.#options.index, subjectKey(subject, space), placed, entry);
    this.#dirty.set(subjectKey(subject, space), { subject, space });
    if (entry.type === "offer")
      this.#offers.push({
        space: space.id,
        person: placed.person,
        link: entry.link,
        offered: entry.offered,
      });
  }

  settle(): void {
    const { index, named, onOffers } = this.#options;
    const dirty = this.#dirty;
    const offers = this.#offers;
    this.#dirty = new Map();
    this.#offers = [];
    for (const [key, { subject }] of dirty) {
      const entries = notedOf(index, key);
      switch (subject.kind) {
        case "post":
          writePost(index, named, subject.post, entries);
          break;
        case "profile":
          writeProfile(index, named, subject.person, entries);
          break;
        case "offer":
          writeOffer(index, subject.collection, entries);
          break;
      }
    }
    if (offers.length > 0)
      queueMicrotask(() => {
        onOffers(offers);
      });
  }
}

function subjectOf(placed: PlacedEntry, entry: FeedEntry): Subject {
  switch (entry.type) {
    case "profile":
      return { kind: "profile", person: placed.person };
    case "post":
      return { kind: "post", post: placed.ref };
    case "edit":
    case "withdraw":
    case "react":
      return { kind: "post", post: entry.post };
    case "offer":
      return { kind: "offer", collection: spaceIdOf(entry.link.charter) };
  }
}

function subjectKey(subject: Subject, space: Space): string {
  switch (subject.kind) {
    case "post":
      return subject.post;
    case "profile":
      return `profile:${subject.person}`;
    case "offer":
      return `offer:${space.id}:${subject.collection}`;
  }
}
