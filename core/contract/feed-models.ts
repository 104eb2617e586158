import type { EntryRef } from "./ids.ts";
import type { FileLink, PersonLabel, Time, Window } from "./models.ts";

/** Who can read a post: my contacts, or everyone who has the link to my open feed. */
export type Audience = "contacts" | "link";

export interface Attachment extends FileLink {
  /** What the picture shows, for people who cannot see it. */
  readonly alt: string;
  /** Whether its bytes are on this computer. */
  readonly here: boolean;
}

export interface Reaction {
  readonly emoji: string;
  readonly people: readonly PersonLabel[];
  readonly mine: boolean;
}

/** Where copies of an own post are; null for posts of others. */
export type Copies =
  | null
  /** Durable here and nowhere else. */
  | { readonly stage: "here" }
  /** Held in full by these people too. */
  | {
      readonly stage: "out";
      readonly people: readonly PersonLabel[];
      /** Those among them that keep for me and have shown it (KE5). */
      readonly keepers?: readonly PersonLabel[];
    };

export interface Post {
  readonly ref: EntryRef;
  readonly author: PersonLabel;
  readonly audience: Audience;
  readonly at: Time;
  /** The author's clock is far ahead; `at` is when it arrived here (EN3). */
  readonly clockAhead: boolean;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Number of edits; 0 for a post that never changed. */
  readonly edits: number;
  /** Two devices edited the same version; both texts stand until one is chosen (EN5). */
  readonly otherVersions: readonly string[];
  /** When the author asked for removal; the copy here stays (promise 3). */
  readonly withdrawnAt: Time | null;
  readonly reactions: readonly Reaction[];
  readonly replyCount: number;
  readonly replyTo: EntryRef | null;
  readonly unread: boolean;
  readonly copies: Copies;
}

export interface PostVersion {
  readonly text: string;
  readonly at: Time;
}

/** A post that can still be taken back: durable here, not yet in the log. */
export interface HeldPost {
  readonly id: string;
  readonly text: string;
  readonly audience: Audience;
  readonly attachments: readonly string[];
  readonly replyTo: EntryRef | null;
  readonly until: Time;
}

export type FeedFilter = "all" | "unread" | "files" | "mine";

export interface Feed extends Window<Post> {
  readonly filter: FeedFilter;
  readonly unread: number;
  /** People whose posts are still on their way. */
  readonly arriving: readonly PersonLabel[];
}

export interface Thread {
  readonly post: Post;
  /** The post this one answers; null when it answers none or it is not here. */
  readonly parent: Post | null;
  /** This post answers one that is not on this computer. */
  readonly parentMissing: boolean;
  /** Every reply below the post, oldest first; `replyTo` gives the tree. */
  readonly replies: readonly Post[];
}

export interface Draft {
  readonly text: string;
  readonly audience: Audience;
  readonly savedAt: Time;
}
