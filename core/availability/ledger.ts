import { array, number, parse, tuple } from "valibot";
import { createSerial } from "#core/base/serial.ts";
import { personIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { rootBytes } from "#core/files/chunks.ts";
import { blob, int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** Marks on one page. */
export const PAGE_MARKS = 1_024;
/** Pages kept in memory, two kilobytes each. */
const PAGES_KEPT = 4_096;
const PREFIX_BYTES = 16;
/** A place in a question, and a number. */
const packedSchema = array(tuple([number(), number()]));

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
  /** Numbers that were given and are not on the disk, by prefix. */
  readonly #unwritten = new Map<string, number>();
  readonly #serial = createSerial();
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
    const prefix = prefixOf(root);
    return (
      this.#unwritten.get(prefix.toString("hex")) ??
      this.#db.get(
        // The engine takes bytes that are the only value for a list of names.
        "SELECT id FROM availability_contents WHERE prefix = ? AND id >= ?",
        [prefix, 0],
        (row) => int(row, "id"),
      )
    );
  }

  /** The numbers of contents, given where there is none yet. */
  numberAll(roots: readonly FileRoot[]): Int32Array {
    const prefixes = roots.map((root) => prefixOf(root).toString("hex"));
    const numbers = new Int32Array(roots.length).fill(-1);
    const known = this.#db.packed(
      `SELECT json_group_array(json_array(j.key, c.id)) AS packed
       FROM json_each(?) j
       CROSS JOIN availability_contents c ON c.prefix = unhex(j.value)`,
      [JSON.stringify(prefixes)],
      (rows) => parse(packedSchema, rows),
    );
    for (const [at, id] of known) numbers[at] = id;
    for (const [at, prefix] of prefixes.entries()) {
      if (numbers[at] !== -1) continue;
      const id = this.#unwritten.get(prefix) ?? this.#nextContent++;
      this.#unwritten.set(prefix, id);
      numbers[at] = id;
    }
    return numbers;
  }

  /** The mark of one person for one content; 0 is nothing. */
  mark(person: number, content: number): number {
    const { marks } = this.#page(person, Math.floor(content / PAGE_MARKS));
    return marks?.[content % PAGE_MARKS] ?? 0;
  }

  /** All marks of one person on a page, for many looks; null where nothing is marked. */
  marksOn(person: number, page: number): Uint16Array | null {
    return this.#page(person, page).marks;
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

  /**
   * Writes what changed; waits for the disk in a thread. What changes meanwhile
   * is for the next time. @throws `disk-full`; the changes stay
   */
  flush(): Promise<void> {
    return this.#serial(() => this.#flush());
  }

  async #flush(): Promise<void> {
    const dirty = [...this.#pages].filter(([, page]) => page.isDirty);
    const contents = [...this.#unwritten];
    if (dirty.length + contents.length === 0) return;
    const pages = dirty.map(([key, { marks }]) => [
      ...key.split(".").map(Number),
      encode(marks ?? new Uint16Array(PAGE_MARKS)).toString("hex"),
    ]);
    for (const [, page] of dirty) page.isDirty = false;
    try {
      await this.#db.writeInThread([
        {
          // One text for many: bytes cost more to cross than to be read from it.
          sql: `INSERT OR IGNORE INTO availability_contents (prefix, id)
                SELECT unhex(value ->> 0), value ->> 1 FROM json_each(?)`,
          rows: [[JSON.stringify(contents)]],
        },
        {
          sql: `INSERT OR REPLACE INTO availability_pages (page, person, marks)
                VALUES (?, ?, unhex(?))`,
          rows: pages,
        },
      ]);
    } catch (error) {
      for (const [, page] of dirty) page.isDirty = true;
      throw error;
    }
    for (const [prefix] of contents) this.#unwritten.delete(prefix);
    this.#letGo();
  }

  /** Pages that are written down can be read again. */
  #letGo(): void {
    if (this.#pages.size <= PAGES_KEPT) return;
    for (const [key, { isDirty }] of this.#pages)
      if (!isDirty) this.#pages.delete(key);
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
