import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Named } from "#core/files/named.ts";
import { int } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { notedFiles } from "./file-heads.ts";
import type { NotedFile, PutContent } from "./file-heads.ts";
import { nameOf, parentOf } from "./file-paths.ts";
import { subjectOf } from "./file-subject.ts";
import type { FolderSums } from "./folder-sums.ts";
import { plainName, sortKey } from "./sort-key.ts";
import { standing } from "./standing.ts";

export interface FileRowsOptions {
  readonly index: Database;
  readonly named: Pick<Named, "add" | "replace">;
  /** Whether content is on this computer; asked once for each file that comes. */
  readonly isHere: (root: FileRoot, space: SpaceId, path: string) => boolean;
  /** Looks many up at once that are asked about next. */
  readonly lookUp?: (roots: readonly FileRoot[]) => void;
}

/** Versions of one file that may still be asked for, the latest ones. */
const NAMED_VERSIONS = 200;

/** The row of a file as it stood before. */
interface Before {
  readonly size: number;
  readonly here: number;
}

/** A path, and the only note about it when there was none before: then nothing need be looked up. */
interface RowPlace {
  readonly collection: number;
  readonly space: SpaceId;
  readonly path: string;
  readonly first: NotedFile | null;
}

/** A put that stands, with its content. */
interface Version {
  readonly noted: NotedFile;
  readonly content: PutContent;
}

/** Makes the rows of files from all that was noted about their paths (EN4). */
export class FileRows {
  readonly #options: FileRowsOptions;

  constructor(options: FileRowsOptions) {
    this.#options = options;
  }

  /** Makes the row of one path; none when it was removed. */
  write({ collection, space, path, first }: RowPlace, sums: FolderSums): void {
    const { index } = this.#options;
    const noted =
      first === null ? notedFiles(index, collection, path) : [first];
    const heads = standing(noted);
    // A put that a remove did not know of stands beside it: nothing vanishes unseen.
    const versions = heads.flatMap(versionOf);
    const shown = versions.at(-1) ?? null;
    const before = first === null ? this.#before(collection, path) : null;
    if (before === null && shown === null) return;
    const content = shown?.content ?? null;
    const isHere =
      content !== null && this.#options.isHere(content.root, space, path);
    sums.add(collection, path, {
      files: (content === null ? 0 : 1) - (before === null ? 0 : 1),
      bytes: (content?.size ?? 0) - (before?.size ?? 0),
      hereFiles: (isHere ? 1 : 0) - (before?.here ?? 0),
      hereBytes:
        (isHere ? content.size : 0) - (before?.here === 1 ? before.size : 0),
    });
    if (shown === null)
      index.run(
        "DELETE FROM collection_files WHERE collection = ? AND path = ?",
        [collection, path],
      );
    else
      this.#writeRow(collection, path, shown, isHere, {
        versions: versions.length,
        isRemoved: heads.length > versions.length,
      });
    this.#name(space, path, shown === null ? [] : noted, first !== null);
  }

  #before(collection: number, path: string): Before | null {
    return this.#options.index.get(
      "SELECT size, here FROM collection_files WHERE collection = ? AND path = ?",
      [collection, path],
      (row) => ({ size: int(row, "size"), here: int(row, "here") }),
    );
  }

  /** As long as a file stands, its earlier versions may be had too, from whoever holds them (FI5). */
  #name(
    space: SpaceId,
    path: string,
    noted: readonly NotedFile[],
    isFirst: boolean,
  ): void {
    const name = nameOf(path);
    const { named } = this.#options;
    named[isFirst ? "add" : "replace"](
      space,
      subjectOf(path),
      noted
        .flatMap(versionOf)
        .slice(-NAMED_VERSIONS)
        .map(({ content: { root, size, chunkSize, mediaType } }) => ({
          root,
          name,
          size,
          chunkSize,
          mediaType,
        })),
    );
  }

  #writeRow(
    collection: number,
    path: string,
    { noted, content }: Version,
    isHere: boolean,
    clash: { readonly versions: number; readonly isRemoved: boolean },
  ): void {
    const name = nameOf(path);
    this.#options.index.run(
      `INSERT OR REPLACE INTO collection_files
         (collection, path, folder, sort, plain, size, file_ms, media_type,
          chunk_size, root, person, versions, removed, here)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        collection,
        path,
        parentOf(path),
        sortKey(name),
        plainName(name),
        content.size,
        content.changedAt,
        content.mediaType,
        content.chunkSize,
        content.root,
        noted.person,
        clash.versions,
        clash.isRemoved ? 1 : 0,
        isHere ? 1 : 0,
      ],
    );
  }
}

function versionOf(noted: NotedFile): readonly Version[] {
  const { content } = noted;
  return content === null ? [] : [{ noted, content }];
}
