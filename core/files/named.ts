import { array, number, parse, string, tuple } from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";
import type { Content, Naming } from "./model.ts";

/**
 * What posts and profiles name, without the files of collections and how these
 * look: there may be very many of those. In a question, word for word, it finds
 * the index made for it.
 */
export const NAMED_BY_PEOPLE = `(subject < 'file:' OR subject >= 'file;')
  AND (subject < 'look:' OR subject >= 'look;')`;

/** Part of the index: which spaces name which content. Derived from logs, thrown away with the index. */
export const NAMED_MIGRATION: Migration = `
  CREATE TABLE named (
    space TEXT NOT NULL,
    subject TEXT NOT NULL,
    root TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    chunk_size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    PRIMARY KEY (space, subject, root)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX named_root ON named (root, space);
  CREATE INDEX named_people ON named (subject) WHERE ${NAMED_BY_PEOPLE};
`;

export interface NamedContent extends Content {
  readonly name: string;
  readonly mediaType: string;
}

interface FirstName {
  readonly space: SpaceId;
  readonly content: NamedContent;
}

/** A name as `lookUp` gets it: place of the root, space, name, size, chunk size, media type. */
const packedSchema = array(
  tuple([number(), string(), string(), number(), number(), string()]),
);

/** Answers that are remembered at most. */
const REMEMBERED = 16_384;

/**
 * The names that spaces give to content; what decides who may be served what (FI5).
 * One for each index: what it remembers of it, another one would not forget.
 */
export class Named implements Naming {
  readonly #index: Database;
  /** One name of a content, as it was found; null when it has none. */
  readonly #firsts = new Map<FileRoot, FirstName | null>();

  constructor(index: Database) {
    this.#index = index;
    index.rolledBack.subscribe(() => {
      this.#firsts.clear();
    });
  }

  /** Replaces everything that `subject` in `space` names. */
  replace(
    space: SpaceId,
    subject: string,
    contents: readonly NamedContent[],
  ): void {
    this.#firsts.clear();
    this.#index.run("DELETE FROM named WHERE space = ? AND subject = ?", [
      space,
      subject,
    ]);
    this.add(space, subject, contents);
  }

  /** What `subject` in `space` names, when it named nothing before. */
  add(
    space: SpaceId,
    subject: string,
    contents: readonly NamedContent[],
  ): void {
    this.#firsts.clear();
    for (const content of contents) {
      const { root, name, size, chunkSize, mediaType } = content;
      this.#index.run(
        `INSERT OR REPLACE INTO named
           (space, subject, root, name, size, chunk_size, media_type)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [space, subject, root, name, size, chunkSize, mediaType],
      );
    }
  }

  isNamed(root: FileRoot, spaces: ReadonlySet<SpaceId>): boolean {
    // Asked for every file that goes over a line; nearly always the first will do.
    const first = this.#first(root);
    if (first === null || spaces.has(first.space)) return first !== null;
    return this.spacesOf(root).some((space) => spaces.has(space));
  }

  lookUp(roots: readonly FileRoot[]): void {
    const asked = roots.filter((root) => !this.#firsts.has(root));
    if (asked.length === 0) return;
    const found = this.#index.packed(
      `SELECT json_group_array(json_array(
         j.key, n.space, n.name, n.size, n.chunk_size, n.media_type)) AS packed
       FROM json_each(?) j CROSS JOIN named n ON n.root = j.value`,
      [JSON.stringify(asked)],
      (rows) => parse(packedSchema, rows),
    );
    if (this.#firsts.size + asked.length > REMEMBERED) this.#firsts.clear();
    for (const root of asked) this.#firsts.set(root, null);
    const spaces = new Map<string, SpaceId>();
    for (const [at, text, name, size, chunkSize, mediaType] of found) {
      const root = asked[at];
      if (root === undefined || this.#firsts.get(root) !== null) continue;
      const space = spaces.get(text) ?? parse(spaceIdSchema, text);
      spaces.set(text, space);
      const content = { root, name, size, chunkSize, mediaType };
      this.#firsts.set(root, { space, content });
    }
  }

  /** Asked when it is said to be here, when it is sent, and after that. */
  #first(root: FileRoot): FirstName | null {
    const known = this.#firsts.get(root);
    if (known !== undefined) return known;
    const first = this.#index.get(
      "SELECT * FROM named WHERE root = ? LIMIT 1",
      [root],
      (row) => ({
        space: parse(spaceIdSchema, text(row, "space")),
        content: {
          root,
          name: text(row, "name"),
          size: int(row, "size"),
          chunkSize: int(row, "chunk_size"),
          mediaType: text(row, "media_type"),
        },
      }),
    );
    if (this.#firsts.size >= REMEMBERED) this.#firsts.clear();
    this.#firsts.set(root, first);
    return first;
  }

  /** All content that a space names. */
  inSpace(
    space: SpaceId,
  ): readonly { readonly root: FileRoot; readonly size: number }[] {
    return this.#index.all(
      "SELECT DISTINCT root, size FROM named WHERE space = ?",
      [space],
      (row) => ({
        root: parse(fileRootSchema, text(row, "root")),
        size: int(row, "size"),
      }),
    );
  }

  /** Every name of a content, by space and by what in it has the name. */
  namesOf(
    root: FileRoot,
  ): readonly { readonly space: SpaceId; readonly subject: string }[] {
    return this.#index.all(
      "SELECT space, subject FROM named WHERE root = ? ORDER BY space, subject",
      [root],
      (row) => ({
        space: parse(spaceIdSchema, text(row, "space")),
        subject: text(row, "subject"),
      }),
    );
  }

  /** The spaces that name this content. */
  spacesOf(root: FileRoot): readonly SpaceId[] {
    return this.#index.all(
      "SELECT DISTINCT space FROM named WHERE root = ?",
      [root],
      (row) => parse(spaceIdSchema, text(row, "space")),
    );
  }

  /** What is known of this content from any name it has; null when nothing names it. */
  find(root: FileRoot): NamedContent | null {
    return this.#first(root)?.content ?? null;
  }
}
