import { CoreError } from "#core/contract/errors.ts";
import { entryPlace } from "#core/contract/ids.ts";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import { NAME_CHARACTERS, POST_TEXT_BYTES } from "#core/contract/limits.ts";
import type { Audience } from "#core/contract/feed-models.ts";
import type { Random } from "#core/base/random.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import {
  newNonce,
  newReadKey,
  spaceIdOf,
  writeSpaceLink,
} from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import type { FeedEntry, WrittenAttachment } from "./feed-entries.ts";
import type { FeedReader } from "./feed-reader.ts";
import type { OutgoingPost } from "./outbox.ts";

export interface FeedsOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly index: Database;
  readonly reader: FeedReader;
  readonly people: People;
  readonly random: Random;
}

/** What a person writes into their own feeds: profile, posts, and answers to others. */
export class Feeds {
  readonly #options: FeedsOptions;

  constructor(options: FeedsOptions) {
    this.#options = options;
  }

  /** Makes the two feeds of a new person, with their first profile. */
  async createBoth(name: string): Promise<void> {
    for (const audience of ["contacts", "link"] as const)
      await this.startChapter(audience);
    await this.setProfile(name, "", null);
  }

  /**
   * Starts a new feed for an audience, with a new key (SP8). What is posted
   * from now on is not readable with the old one.
   */
  async startChapter(audience: Audience): Promise<void> {
    const link = await this.newChapter(audience);
    await this.#options.self.append({ type: "feed", link });
  }

  /** Makes and holds a new feed, which nothing is written to before the self space names it. */
  async newChapter(audience: Audience): Promise<SpaceLink> {
    const { me, random, spaces } = this.#options;
    const link: SpaceLink = {
      charter: {
        v: 1,
        kind: "feed",
        founder: me,
        nonce: newNonce(random),
        audience,
      },
      readKey: newReadKey(random),
    };
    await spaces.hold(link);
    return link;
  }

  /** The feed that is written to for an audience: its last chapter. */
  current(audience: Audience): SpaceLink {
    const link = this.#options.self.state
      .peek()
      .feeds.filter(
        ({ charter }) =>
          charter.kind === "feed" && charter.audience === audience,
      )
      .at(-1);
    if (link === undefined) throw new Error("a person has both feeds");
    return link;
  }

  /** @throws `name-empty` */
  async setProfile(
    name: string,
    about: string,
    picture: WrittenAttachment | null,
  ): Promise<void> {
    const trimmed = Array.from(name.trim()).slice(0, NAME_CHARACTERS).join("");
    if (trimmed === "") throw new CoreError("name-empty", {});
    const profile = { type: "profile", name: trimmed, about, picture } as const;
    for (const audience of ["link", "contacts"] as const)
      await this.#write(spaceIdOf(this.current(audience).charter), profile);
  }

  /** Writes the profile again, into a feed that has just begun. */
  async repeatProfile(): Promise<void> {
    const { people, me } = this.#options;
    const profile = people.profile(me);
    if (profile !== null)
      await this.setProfile(profile.name, profile.about, profile.picture);
  }

  /** Writes a held post, unless an earlier run wrote it already. */
  async writePost({ audience, entry }: OutgoingPost): Promise<void> {
    const { index, me, folder } = this.#options;
    await folder.settled();
    const written = index.get(
      "SELECT ref FROM posts WHERE person = ? AND id = ?",
      [me, entry.id],
      (row) => text(row, "ref"),
    );
    if (written !== null) return;
    await this.#write(spaceIdOf(this.current(audience).charter), entry);
  }

  /** @throws `text-empty`, `text-long`, `not-found` when the post is not one of mine */
  async edit(post: EntryRef, body: string): Promise<void> {
    checkText(body, 0);
    const replaces = [...this.#options.reader.heads(post)];
    const space = this.#ownSpaceOf(post);
    await this.#write(space, { type: "edit", post, text: body, replaces });
  }

  async withdraw(post: EntryRef): Promise<void> {
    await this.#write(this.#ownSpaceOf(post), { type: "withdraw", post });
  }

  /** Reacts in the feed of the same audience, so that who may see the post may see this. */
  async react(post: EntryRef, emoji: string, on: boolean): Promise<void> {
    const target = this.#options.reader.post(post);
    if (target === null) throw new CoreError("not-found", { what: "post" });
    const space = spaceIdOf(this.current(target.audience).charter);
    await this.#write(space, { type: "react", post, emoji, on });
  }

  /** Offers a collection to everybody who reads a feed of mine, or takes the offer back. */
  async offer(
    audience: Audience,
    link: SpaceLink,
    title: string,
    offered: boolean,
  ): Promise<void> {
    await this.offerIn(
      spaceIdOf(this.current(audience).charter),
      link,
      title,
      offered,
    );
  }

  /** Offers a collection inside one space: a feed, or a conversation with one contact. */
  async offerIn(
    space: SpaceId,
    link: SpaceLink,
    title: string,
    offered: boolean,
  ): Promise<void> {
    const entry = {
      type: "offer",
      link: writeSpaceLink(link),
      title,
      offered,
    } as const;
    await this.#write(space, entry);
  }

  async #write(
    space: SpaceId,
    entry: Exclude<FeedEntry, { readonly type: "offer" }> | RawEntry,
  ): Promise<void> {
    await this.#options.spaces.append(space, [entry]);
    await this.#options.folder.settled();
  }

  /** The space of a post that I wrote, which is the only place where I can change it. */
  #ownSpaceOf(post: EntryRef): SpaceId {
    const { spaces, me } = this.#options;
    const { log } = entryPlace(post);
    for (const space of spaces.all())
      if (space.logs.get(log)?.person === me) return space.id;
    throw new CoreError("not-found", { what: "post" });
  }
}

/**
 * @throws `text-long`, or `text-empty` when there is neither text nor an attachment
 */
export function checkText(body: string, attachments: number): void {
  if (Buffer.byteLength(body) > POST_TEXT_BYTES)
    throw new CoreError("text-long", { limitBytes: POST_TEXT_BYTES });
  if (body.trim() === "" && attachments === 0)
    throw new CoreError("text-empty", {});
}
