import * as v from "valibot";
import { entryRefSchema, personIdSchema } from "#core/contract/ids.ts";
import type { EntryRef, FileRoot, PersonId } from "#core/contract/ids.ts";
import type {
  Attachment,
  Feed,
  FeedFilter,
  Post,
  PostVersion,
  Thread,
} from "#core/contract/feed-models.ts";
import type { Window } from "#core/contract/models.ts";
import type { People } from "#core/people/people.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";
import type { Copies } from "./copies.ts";
import {
  readAttachments,
  readReactions,
  readVersions,
} from "./post-columns.ts";

export interface FeedReaderOptions {
  readonly index: Database;
  readonly me: PersonId;
  readonly people: People;
  readonly copies: Copies;
  readonly isHere: (root: FileRoot) => boolean;
  /** Whether somebody keeps for me; nobody does when left out. */
  readonly isKeeper?: (person: PersonId) => boolean;
  /** People whose posts are not shown: removed contacts. */
  readonly hidden: () => readonly PersonId[];
  /** People whose logs are longer than what is here. */
  readonly arriving: () => readonly PersonId[];
}

const UNREAD = `p.person <> ?1
  AND NOT EXISTS (SELECT 1 FROM read_posts r WHERE r.ref = p.ref)`;
const VISIBLE = `p.person NOT IN (SELECT value FROM json_each(?2))`;
const REPLIES = `(SELECT count(*) FROM posts c WHERE c.reply_to = p.ref AND c.ref <> p.ref
  AND c.withdrawn IS NULL AND c.person NOT IN (SELECT value FROM json_each(?2)))`;
const COLUMNS = `p.*, ${REPLIES} AS replies, (${UNREAD}) AS unread`;
/** A thread is shown to this depth and size; what is beyond is reached through its own page. */
const THREAD_POSTS = 2000;

/** Reads posts from the index as the screens show them. */
export class FeedReader {
  readonly #options: FeedReaderOptions;

  constructor(options: FeedReaderOptions) {
    this.#options = options;
  }

  feed(filter: FeedFilter, first: number, count: number): Feed {
    const { arriving, people } = this.#options;
    const window = this.#window(
      `p.reply_to IS NULL AND ${WHERE[filter]}`,
      [],
      first,
      count,
    );
    return {
      ...window,
      filter,
      unread: this.#count(
        `p.reply_to IS NULL AND ${UNREAD} AND ${VISIBLE}`,
        [],
      ),
      arriving: arriving().map((person) => people.label(person)),
    };
  }

  /** Posts and replies of one person, newest first. */
  postsOf(person: PersonId, first: number, count: number): Window<Post> {
    return this.#window("p.person = ?3", [person], first, count);
  }

  lastPostAt(person: PersonId): number | null {
    return this.#options.index.get(
      "SELECT max(shown_ms) AS at FROM posts WHERE person = ?",
      [person],
      (row) => maybe(row, "at", int),
    );
  }

  post(ref: EntryRef): Post | null {
    const [post] = this.#posts("p.ref = ?3", [ref], "LIMIT 1");
    return post ?? null;
  }

  /** A post with everything said below it, oldest first. */
  thread(ref: EntryRef): Thread | null {
    const post = this.post(ref);
    if (post === null) return null;
    // A post can name itself: its author knows what it will be called.
    const answers = post.replyTo === ref ? null : post.replyTo;
    const parent = answers === null ? null : this.post(answers);
    const below = `p.ref IN (
      WITH RECURSIVE below (ref, depth) AS (
        SELECT ref, 1 FROM posts WHERE reply_to = ?3
        UNION SELECT c.ref, depth + 1 FROM posts c
          JOIN below b ON c.reply_to = b.ref WHERE depth < 100
      ) SELECT ref FROM below)`;
    return {
      post,
      parent,
      parentMissing: answers !== null && parent === null,
      replies: this.#posts(
        `${below} AND p.ref <> ?3 AND ${VISIBLE}`,
        [ref],
        `ORDER BY p.shown_ms, length(p.ref), p.ref LIMIT ${String(THREAD_POSTS)}`,
      ),
    };
  }

  /** Every version of a post, oldest first; empty when the post is not here. */
  versions(ref: EntryRef): readonly PostVersion[] {
    return this.#versionsOf(ref).map(({ text: body, at }) => ({
      text: body,
      at,
    }));
  }

  /** The references an edit made now replaces (EN5). */
  heads(ref: EntryRef): readonly EntryRef[] {
    return this.#versionsOf(ref)
      .filter((version) => version.isHead)
      .map((version) => version.ref);
  }

  #versionsOf(ref: EntryRef) {
    const versions = this.#options.index.get(
      "SELECT versions FROM posts WHERE ref = ?",
      [ref],
      (row) => readVersions(text(row, "versions")),
    );
    return versions ?? [];
  }

  #window(
    where: string,
    values: readonly Value[],
    first: number,
    count: number,
  ): Window<Post> {
    const visible = `${where} AND ${VISIBLE}`;
    const page = `ORDER BY p.shown_ms DESC, length(p.ref) DESC, p.ref DESC
      LIMIT ${String(count)} OFFSET ${String(first)}`;
    return {
      first,
      total: this.#count(visible, values),
      items: this.#posts(visible, values, page),
    };
  }

  #values(values: readonly Value[]): readonly Value[] {
    const { me, hidden } = this.#options;
    return [me, JSON.stringify(hidden()), ...values];
  }

  #count(where: string, values: readonly Value[]): number {
    // Names every value, so that SQLite takes the same list for each query.
    const sql = `SELECT count(*) AS n FROM posts p WHERE ?1 IS NOT NULL AND ?2 IS NOT NULL AND ${where}`;
    return (
      this.#options.index.get(sql, this.#values(values), (row) =>
        int(row, "n"),
      ) ?? 0
    );
  }

  #posts(
    where: string,
    values: readonly Value[],
    rest: string,
  ): readonly Post[] {
    return this.#options.index.all(
      `SELECT ${COLUMNS} FROM posts p WHERE ?2 IS NOT NULL AND ${where} ${rest}`,
      this.#values(values),
      (row) => this.#read(row),
    );
  }

  #read(row: Row): Post {
    const { people, me, copies } = this.#options;
    const person = v.parse(personIdSchema, text(row, "person"));
    const ref = v.parse(entryRefSchema, text(row, "ref"));
    const shownAt = int(row, "shown_ms");
    const holders = person === me ? copies.holdersOf(ref) : [];
    const replyTo = maybe(row, "reply_to", text);
    return {
      ref,
      author: people.label(person),
      audience: text(row, "audience") === "link" ? "link" : "contacts",
      at: shownAt,
      clockAhead: shownAt !== int(row, "written_ms"),
      text: text(row, "text"),
      attachments: this.#attachments(row),
      edits: readVersions(text(row, "versions")).length - 1,
      otherVersions: v.parse(
        v.array(v.string()),
        JSON.parse(text(row, "other_versions")),
      ),
      withdrawnAt: maybe(row, "withdrawn", int),
      reactions: readReactions(text(row, "reactions")).map((reaction) => ({
        emoji: reaction.emoji,
        people: reaction.people.map((who) => people.label(who)),
        mine: reaction.people.includes(me),
      })),
      replyCount: int(row, "replies"),
      replyTo: replyTo === null ? null : v.parse(entryRefSchema, replyTo),
      unread: int(row, "unread") === 1,
      copies:
        person !== me
          ? null
          : holders.length === 0
            ? { stage: "here" }
            : {
                stage: "out",
                people: holders.map((who) => people.label(who)),
                keepers: holders
                  .filter((who) => this.#options.isKeeper?.(who) === true)
                  .map((who) => people.label(who)),
              },
    };
  }

  #attachments(row: Row): readonly Attachment[] {
    return readAttachments(text(row, "attachments")).map(
      ({ root, name, size, mediaType, alt }) => ({
        root,
        name,
        size,
        mediaType,
        alt,
        here: this.#options.isHere(root),
      }),
    );
  }
}

const WHERE: { readonly [F in FeedFilter]: string } = {
  all: "1",
  unread: UNREAD,
  files: "p.has_files = 1",
  mine: "p.person = ?1",
};
