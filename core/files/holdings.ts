import { lstatSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { parse } from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { createTrigger, type Signal } from "#core/base/state.ts";
import { blob, int, text, type Database } from "#core/storage/database.ts";
import { readPairs } from "#core/storage/pairs.ts";
import type { Write } from "#core/storage/write-messages.ts";
import { asWritten } from "./holdings-as-written.ts";
import {
  CHANGED,
  DAMAGED,
  inside,
  isAsVerified,
  isBefore,
  readHolding,
} from "./holdings-rows.ts";
import type { KnownHolding } from "./holdings-rows.ts";
import { addingHoldings, COLUMNS, DROP_LIST } from "./holdings-writes.ts";
import type { Holding, NewHolding } from "./model.ts";
import { Touched } from "./touched.ts";

/** Answers of `first` that are remembered at most. */
const REMEMBERED = 16_384;

/** What became of a file since it was verified (FI3). */
export type Freshness = "fresh" | "changed" | "missing";

/**
 * Which content lies where on this computer. One path has one content; one
 * content may lie at many paths. Files that are gone or changed stay written
 * down until somebody removes them, so that an unplugged drive that comes back
 * needs no new hashing.
 */
export class Holdings {
  readonly #db: Database;
  readonly #changes = createTrigger();
  readonly #removals = createTrigger();
  /** What `first` found since the last change: who is told that it is here asks for it next. */
  readonly #firsts = new Map<FileRoot, KnownHolding | null>();

  readonly touched = new Touched();

  /** `db` is the durable database; `HOLDINGS_MIGRATION` is one of its migrations. */
  constructor(db: Database) {
    this.#db = db;
  }

  /** Fires after any holding came, went or was found changed. */
  get changes(): Signal {
    return this.#changes;
  }

  /** Fires after some were forgotten; `changes` does too. */
  get removals(): Signal {
    return this.#removals;
  }

  /** Writes one holding down; one that was known at this path is replaced. */
  add(holding: Holding, list: Buffer): void {
    this.addMany([{ holding, list }]);
  }

  /** Writes many down, all or none, in one transaction. */
  addMany(news: readonly NewHolding[]): void {
    if (news.length === 0) return;
    this.#touch(news);
    this.#db.writeAll(addingHoldings(news));
    this.#changed();
  }

  /** As `addMany`, with `others` in the same transaction, waiting for the disk in a thread. */
  async addManyInThread(
    news: readonly NewHolding[],
    others: readonly Write[] = [],
  ): Promise<void> {
    if (news.length === 0) return;
    this.#touch(news);
    await this.#db.writeInThread([...addingHoldings(news), ...others]);
    this.#changed();
  }

  /** Where this content lies, without files that were found changed. */
  find(root: FileRoot): readonly KnownHolding[] {
    return this.#db.all(
      `SELECT ${COLUMNS} FROM holdings WHERE root = ? AND changed = 0 ORDER BY path`,
      [root],
      readHolding,
    );
  }

  /** What `find` answers first; null when that is nothing. */
  first(root: FileRoot): KnownHolding | null {
    const known = this.#firsts.get(root);
    if (known !== undefined) return known;
    const found = this.#db.get(
      `SELECT ${COLUMNS} FROM holdings WHERE root = ? AND changed = 0 ORDER BY path LIMIT 1`,
      [root],
      readHolding,
    );
    if (this.#firsts.size >= REMEMBERED) this.#firsts.clear();
    this.#firsts.set(root, found);
    return found;
  }

  /** Looks many up at once that are asked about next, one by one. */
  lookUp(roots: readonly FileRoot[]): void {
    const asked = roots.filter((root) => !this.#firsts.has(root));
    if (asked.length === 0) return;
    const found = this.#db.all(
      `SELECT h.* FROM json_each(?) j CROSS JOIN holdings h ON h.root = j.value
       WHERE h.changed = 0`,
      [JSON.stringify(asked)],
      readHolding,
    );
    if (this.#firsts.size + asked.length > REMEMBERED) this.#firsts.clear();
    for (const root of asked) this.#firsts.set(root, null);
    for (const one of found) {
      const first = this.#firsts.get(one.root) ?? null;
      if (first === null || isBefore(one.absolutePath, first.absolutePath))
        this.#firsts.set(one.root, one);
    }
  }

  /** Whether `find` would answer anything. */
  has(root: FileRoot): boolean {
    return this.first(root) !== null;
  }

  /** What is written down for one path; null when nothing is. */
  at(absolutePath: string): KnownHolding | null {
    return this.#db.get(
      `SELECT ${COLUMNS} FROM holdings WHERE path = ?`,
      [absolutePath],
      readHolding,
    );
  }

  /** The content at some paths, where any is written down. */
  rootsAt(absolutePaths: readonly string[]): ReadonlyMap<string, string> {
    return this.#db.packed(
      `SELECT json_group_array(json_array(h.path, h.root)) AS packed
       FROM json_each(?) j CROSS JOIN holdings h ON h.path = j.value`,
      [JSON.stringify(absolutePaths)],
      readPairs,
    );
  }

  /** The content of those of some files that have the size and time they were written down with. */
  asWritten(
    files: readonly Pick<Holding, "absolutePath" | "size" | "mtimeMs">[],
  ): ReadonlyMap<string, string> {
    return asWritten(this.#db, files);
  }

  /**
   * The hashes of content in more than one chunk. Null when it is not here, and
   * for content in one chunk: there the hash of the only chunk is the list.
   */
  list(root: FileRoot): Buffer | null {
    return this.#db.get(
      "SELECT list FROM chunk_lists WHERE root = ?",
      [root],
      (row) => blob(row, "list"),
    );
  }

  /** Everything inside a folder at any depth, by path; changed files too. */
  listOf(folder: string): readonly KnownHolding[] {
    return this.#db.all(
      `SELECT ${COLUMNS} FROM holdings WHERE path >= ? AND path < ? ORDER BY path`,
      inside(folder),
      readHolding,
    );
  }

  /** Number of files and sum of their bytes, inside a folder when one is given. */
  total(folder?: string): { readonly files: number; readonly bytes: number } {
    const where = folder === undefined ? "" : "WHERE path >= ? AND path < ?";
    const found = this.#db.get(
      `SELECT COUNT(*) AS files, COALESCE(SUM(size), 0) AS bytes FROM holdings ${where}`,
      folder === undefined ? [] : inside(folder),
      (row) => ({ files: int(row, "files"), bytes: int(row, "bytes") }),
    );
    return found ?? { files: 0, bytes: 0 };
  }

  /**
   * Looks at the file: same size and time as when it was verified? A changed
   * one is marked and answered by `find` no more (FI3); one that cannot be
   * seen at the moment is missing and stays as it was.
   */
  async verifyFresh(it: Holding): Promise<Freshness> {
    const seen = await lstat(it.absolutePath).catch(() => null);
    if (seen === null) return "missing";
    const isSame = isAsVerified(seen, it);
    if (!isSame) this.markChanged(it);
    return isSame ? "fresh" : "changed";
  }

  /** Notes that the file at this path no longer has this content. */
  markChanged(it: Holding): void {
    this.#mark(it, CHANGED);
  }

  /**
   * Bytes were read from the file that are not of this content. One that has its
   * size and time all the same is damaged: nobody wrote it.
   */
  markUnlike(it: Holding): void {
    let seen;
    try {
      seen = lstatSync(it.absolutePath, { throwIfNoEntry: false });
    } catch {
      // Unreadable now; whoever looks later finds out.
    }
    if (seen === undefined) return;
    this.#mark(it, isAsVerified(seen, it) ? DAMAGED : CHANGED);
  }

  /** The file was looked at anew, and is what it was: a disk may fail once. */
  markWhole(it: Holding): void {
    this.#mark(it, 0);
  }

  /** Damaged files, by path. */
  damaged(): readonly KnownHolding[] {
    return this.#db.all(
      // The number stands in the text: only so is the index known to do.
      `SELECT ${COLUMNS} FROM holdings WHERE changed = ${String(DAMAGED)} ORDER BY path`,
      [],
      readHolding,
    );
  }

  /** Some files after a path, in the order of paths, changed ones too: for a look at everything. */
  after(path: string, count: number): readonly KnownHolding[] {
    return this.#db.all(
      `SELECT ${COLUMNS} FROM holdings WHERE path > ? ORDER BY path LIMIT ?`,
      [path, count],
      readHolding,
    );
  }

  #mark(it: Holding, mark: number): void {
    // Only the row that was looked at: the path may have been hashed again since.
    const marked = this.#db.run(
      `UPDATE holdings SET changed = ?4
       WHERE path = ?1 AND root = ?2 AND mtime_ms = ?3 AND changed <> ?4`,
      [it.absolutePath, it.root, it.mtimeMs, mark],
    );
    if (marked === 0) return;
    this.touched.add(it.root);
    this.#changed();
  }

  /** Forgets the file at this path; the file itself is not touched. */
  remove(absolutePath: string): void {
    this.removeMany([absolutePath]);
  }

  /** Forgets many, in one transaction. */
  removeMany(absolutePaths: readonly string[]): void {
    let removed = 0;
    this.#db.transaction(() => {
      for (const path of absolutePaths) {
        const root = this.#rootAt(path);
        if (root === null) continue;
        this.touched.add(root);
        removed += this.#db.run("DELETE FROM holdings WHERE path = ?", [path]);
        this.#db.run(DROP_LIST, [root]);
      }
    });
    if (removed > 0) this.#removals.fire();
    if (removed > 0) this.#changed();
  }

  #rootAt(path: string): FileRoot | null {
    return this.#db.get(
      "SELECT root FROM holdings WHERE path = ?",
      [path],
      (row) => parse(fileRootSchema, text(row, "root")),
    );
  }

  /** Also what lay there before. */
  #touch(news: readonly NewHolding[]): void {
    if (!this.touched.hasRoom(news.length)) return;
    const paths = news.map(({ holding }) => holding.absolutePath);
    for (const root of this.rootsAt(paths).values())
      this.touched.add(parse(fileRootSchema, root));
    for (const { holding } of news) this.touched.add(holding.root);
  }

  #changed(): void {
    this.#firsts.clear();
    this.#changes.fire();
  }
}
