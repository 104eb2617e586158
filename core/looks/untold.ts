import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { UntoldFile } from "#core/contract/look-models.ts";
import type { Clock } from "#core/base/clock.ts";
import { createState } from "#core/base/state.ts";
import type { Signal, State } from "#core/base/state.ts";
import { int, text } from "#core/storage/database.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { Database } from "#core/storage/database.ts";

export interface UntoldParts {
  readonly index: Database;
  readonly local: Database;
  readonly clock: Clock;
  /** Entries were folded. */
  readonly folded: Signal;
  readonly spaces: Pick<Spaces, "mayWrite">;
  readonly holdings: Pick<Holdings, "find">;
}

/** Files told of at a time; the interface takes one after another. */
const AT_ONCE = 4;
/** After something was folded, files are looked for at most this often. */
const LOOK_MS = 5_000;
/** Types that a page can decode; others have no look. */
const DECODED = [
  ...["image/png", "image/jpeg", "image/gif", "image/webp"],
  ...["image/avif", "image/bmp"],
  ...["video/mp4", "video/webm", "video/ogg", "video/quicktime"],
  "video/x-matroska",
  ...["audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/opus"],
  ...["audio/wav", "audio/webm", "audio/flac"],
];

/**
 * Own files whose look nobody has told yet: pictures, films and sounds that are
 * here, less those that cannot be decoded. It follows from the index and from
 * what was given up, so nothing is lost when the app ends.
 */
export class Untold {
  readonly #parts: UntoldParts;
  readonly #files = createState<readonly UntoldFile[]>([]);
  /** Could not be read in this run of the app. */
  readonly #passedOver = new Set<FileRoot>();
  #end: () => void = () => undefined;
  #cancel: (() => void) | null = null;

  constructor(parts: UntoldParts) {
    this.#parts = parts;
  }

  get files(): State<readonly UntoldFile[]> {
    return this.#files;
  }

  start(): void {
    this.#end = this.#parts.folded.subscribe(() => {
      this.#cancel ??= this.#parts.clock.after(LOOK_MS, () => {
        this.#cancel = null;
        this.#look();
      });
    });
    this.#look();
  }

  close(): void {
    this.#end();
    this.#cancel?.();
  }

  /** The own collections that list this content and say nothing of its look. */
  spacesOf(root: FileRoot): readonly SpaceId[] {
    const { index } = this.#parts;
    const spaces = index.all(
      `SELECT DISTINCT c.space FROM named n
         JOIN collections c ON c.space = n.space
         JOIN collection_files f ON f.collection = c.id AND f.root = n.root
       WHERE n.root = ?1 AND NOT EXISTS
         (SELECT 1 FROM looks l WHERE l.space = c.space AND l.root = ?1)`,
      [root],
      (row) => v.parse(spaceIdSchema, text(row, "space")),
    );
    return spaces.filter((space) => this.#isOwn(space, root));
  }

  /** Not again in this run of the app. */
  passOver(root: FileRoot): void {
    this.#passedOver.add(root);
  }

  /** Never again. */
  giveUp(root: FileRoot): void {
    this.#parts.local.run("INSERT OR IGNORE INTO blind_files VALUES (?)", [
      root,
    ]);
  }

  /** These are told; folding them takes a moment. */
  told(roots: readonly FileRoot[]): void {
    for (const root of roots) this.#passedOver.add(root);
    this.#look();
  }

  #look(): void {
    const { index } = this.#parts;
    const found = new Map<FileRoot, UntoldFile>();
    const types = DECODED.map(() => "?").join(", ");
    let collection = -1;
    let path = "";
    while (found.size < AT_ONCE) {
      const rows = index.all(
        `SELECT f.collection, f.path, f.root, f.size, f.media_type, c.space
         FROM collection_files f JOIN collections c ON c.id = f.collection
         WHERE (f.collection, f.path) > (?, ?) AND f.here = 1 AND f.size > 0
           AND f.media_type IN (${types})
           AND NOT EXISTS
             (SELECT 1 FROM looks l WHERE l.space = c.space AND l.root = f.root)
         ORDER BY f.collection, f.path LIMIT 200`,
        [collection, path, ...DECODED],
        (row) => ({
          collection: int(row, "collection"),
          path: text(row, "path"),
          space: v.parse(spaceIdSchema, text(row, "space")),
          file: {
            root: v.parse(fileRootSchema, text(row, "root")),
            name: text(row, "path").split("/").at(-1) ?? "",
            mediaType: text(row, "media_type"),
            size: int(row, "size"),
          },
        }),
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      ({ collection, path } = last);
      for (const { space, file } of rows)
        if (
          found.size < AT_ONCE &&
          !this.#isDone(file.root) &&
          this.#isOwn(space, file.root)
        )
          found.set(file.root, file);
    }
    const files = [...found.values()];
    const before = this.#files.peek();
    if (
      files.length !== before.length ||
      files.some(({ root }, place) => root !== before[place]?.root)
    )
      this.#files.set(files);
  }

  /** Shared in place from a folder of this computer, by somebody who may say something of it. */
  #isOwn(space: SpaceId, root: FileRoot): boolean {
    const { spaces, holdings } = this.#parts;
    return (
      spaces.mayWrite(space) &&
      holdings.find(root).some(({ origin }) => origin === "mine")
    );
  }

  #isDone(root: FileRoot): boolean {
    if (this.#passedOver.has(root)) return true;
    return (
      this.#parts.local.get(
        "SELECT 1 FROM blind_files WHERE root = ?",
        [root],
        () => true,
      ) ?? false
    );
  }
}
