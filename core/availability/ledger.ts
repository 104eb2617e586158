import { parse } from "valibot";
import { personIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { rootBytes } from "#core/files/chunks.ts";
import { blob, int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** Marks on one page. */
const PAGE_MARKS = 1_024;
/** Pages kept in memory, two kilobytes each. */
const PAGES_KEPT = 4_096;
const PREFIX_BYTES = 16;

interface Page {
  /** Null where nothing is marked. */
  marks: Uint16Array | null;
  isDirty: boolean;
}

/** The marks on disk. Changes are in memory until `flush`, which writes them down in one transaction. */
export class Ledger {
  readonly #db: Database;
  readonly #people = new Map<PersonId, number>();
  readonly #pages = new Map<string, Page>();
  #nextContent: number;

  constructor(db: Database) {
    this.#db = db;
    db.all("SELECT * FROM availability_people", [], (row) => {
      const person = parse(personIdSchema, text(row, "person"));
      this.#people.set(person, int(row, "id"));
    });
    const last = db.get(
      "SELECT max(id) AS id FROM availability_contents WHERE id IS NOT NULL",
      [],
      (row) => (row["id"] === null ? -1 : int(row, "id")),
    );
    this.#nextContent = (last ?? -1) + 1;
  }

  /** Everybody of whom anything was ever marked. */
  get people(): ReadonlyMap<PersonId, number> {
    return this.#people;
  }

  /** The number of a person, given on first sight. */
  personNumber(person: PersonId): number {
    const known = this.#people.get(person);
    if (known !== undefined) return known;
    this.#db.run("INSERT INTO availability_people (person) VALUES (?)", [
      person,
    ]);
    const id =
      this.#db.get(
        "SELECT id FROM availability_people WHERE person = ?",
        [person],
        (row) => int(row, "id"),
      ) ?? 0;
    this.#people.set(person, id);
    return id;
  }

  /** The number of content; null when nobody said a word about it. */
  contentNumber(root: FileRoot): number | null {
    return this.#db.get(
      // The engine takes bytes that are the only value for a list of names.
      "SELECT id FROM availability_contents WHERE prefix = ? AND id >= ?",
      [prefixOf(root), 0],
      (row) => int(row, "id"),
    );
  }

  /** The numbers of contents, given where there is none yet, in one transaction. */
  numberAll(roots: readonly FileRoot[]): Int32Array {
    const numbers = new Int32Array(roots.length);
    this.#db.transaction(() => {
      for (const [index, root] of roots.entries()) {
        const known = this.contentNumber(root);
        numbers[index] = known ?? this.#nextContent;
        if (known !== null) continue;
        this.#db.run(
          "INSERT INTO availability_contents (prefix, id) VALUES (?, ?)",
          [prefixOf(root), this.#nextContent++],
        );
      }
    });
    return numbers;
  }

  /** The mark of one person for one content; 0 is nothing. */
  mark(person: number, content: number): number {
    const { marks } = this.#page(person, Math.floor(content / PAGE_MARKS));
    return marks?.[content % PAGE_MARKS] ?? 0;
  }

  /** Answers whether that changed anything. */
  setMark(person: number, content: number, value: number): boolean {
    const page = this.#page(person, Math.floor(content / PAGE_MARKS));
    const at = content % PAGE_MARKS;
    if ((page.marks?.[at] ?? 0) === value) return false;
    page.marks ??= new Uint16Array(PAGE_MARKS);
    page.marks[at] = value;
    page.isDirty = true;
    return true;
  }

  /** Writes what changed. @throws `disk-full`; the changes stay for the next time */
  flush(): void {
    const dirty = [...this.#pages].filter(([, page]) => page.isDirty);
    if (dirty.length > 0)
      this.#db.transaction(() => {
        for (const [key, { marks }] of dirty) {
          const [page = 0, person = 0] = key.split(".").map(Number);
          this.#db.run(
            "INSERT OR REPLACE INTO availability_pages (page, person, marks) VALUES (?, ?, ?)",
            [page, person, encode(marks ?? new Uint16Array(PAGE_MARKS))],
          );
        }
      });
    for (const [, page] of dirty) page.isDirty = false;
    if (this.#pages.size > PAGES_KEPT) this.#pages.clear();
  }

  #page(person: number, page: number): Page {
    const key = `${String(page)}.${String(person)}`;
    let known = this.#pages.get(key);
    if (known === undefined) {
      const marks = this.#db.get(
        "SELECT marks FROM availability_pages WHERE page = ? AND person = ?",
        [page, person],
        (row) => decode(blob(row, "marks")),
      );
      known = { marks, isDirty: false };
      this.#pages.set(key, known);
    }
    return known;
  }
}

function prefixOf(root: FileRoot): Buffer {
  return rootBytes(root).subarray(0, PREFIX_BYTES);
}

/** Little-endian, whatever the machine. */
function encode(marks: Uint16Array): Buffer {
  const bytes = Buffer.allocUnsafe(marks.length * 2);
  for (const [index, mark] of marks.entries())
    bytes.writeUInt16LE(mark, index * 2);
  return bytes;
}

function decode(bytes: Buffer): Uint16Array {
  const marks = new Uint16Array(PAGE_MARKS);
  for (let at = 0; at + 2 <= bytes.length && at < PAGE_MARKS * 2; at += 2)
    marks[at / 2] = bytes.readUInt16LE(at);
  return marks;
}
