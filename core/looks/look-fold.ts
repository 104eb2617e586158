import * as v from "valibot";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { chunkSizeFor } from "#core/files/chunks.ts";
import type { Named } from "#core/files/named.ts";
import type { Folding, PlacedEntry } from "#core/spaces/fold.ts";
import type { Database } from "#core/storage/database.ts";
import { lookEntrySchema } from "./look-entries.ts";
import type { LookEntry } from "./look-entries.ts";

/**
 * Folds how files of collections look (FI12): of each writer the latest word on
 * each content stands, whatever order they come in (EN4). Whose word counts is
 * decided when it is looked up.
 */
export class LookFold implements Folding {
  readonly #index: Database;
  readonly #named: Pick<Named, "replace">;
  #noted: { readonly placed: PlacedEntry; readonly entry: LookEntry }[] = [];

  constructor(index: Database, named: Pick<Named, "replace">) {
    this.#index = index;
    this.#named = named;
  }

  note(placed: PlacedEntry): void {
    if (placed.space.kind !== "collection") return;
    const read = v.safeParse(lookEntrySchema, placed.entry);
    if (read.success) this.#noted.push({ placed, entry: read.output });
  }

  settle(): void {
    const noted = this.#noted;
    this.#noted = [];
    for (const { placed, entry } of noted) this.#write(placed, entry);
  }

  #write({ space, person, ref, time }: PlacedEntry, entry: LookEntry): void {
    const { root, width, height, durationMs, picture } = entry;
    const writer = person === space.charter.founder ? "" : person;
    const changed = this.#index.run(
      `INSERT INTO looks (space, root, person, ref, ms, count, width, height,
         duration_ms, picture_root, picture_size, picture_type)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
       ON CONFLICT (space, root, person) DO UPDATE SET
         ref = ?4, ms = ?5, count = ?6, width = ?7, height = ?8,
         duration_ms = ?9, picture_root = ?10, picture_size = ?11,
         picture_type = ?12
       WHERE (ms, count, ref) < (?5, ?6, ?4)`,
      [
        space.id,
        root,
        writer,
        ref,
        time[0],
        time[1],
        width,
        height,
        durationMs,
        picture?.root ?? null,
        picture?.size ?? null,
        picture?.mediaType ?? null,
      ],
    );
    if (changed > 0) this.#name(space.id, root, writer, picture);
  }

  /** What is shown small is served and fetched like everything that is named (FI5). */
  #name(
    space: SpaceId,
    root: FileRoot,
    writer: string,
    picture: LookEntry["picture"],
  ): void {
    const contents =
      picture === null
        ? []
        : [{ ...picture, name: "", chunkSize: chunkSizeFor(picture.size) }];
    this.#named.replace(space, `look:${root}:${writer}`, contents);
  }
}
