import * as v from "valibot";
import { fileRootSchema, personIdSchema } from "#core/contract/ids.ts";
import type { PersonId } from "#core/contract/ids.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Row } from "#core/storage/database.ts";
import type { PutContent } from "./file-heads.ts";

/** A file as the collection shows it. */
export interface ListedFile extends PutContent {
  readonly path: string;
  /** Whether this content is on this computer. */
  readonly isHere: boolean;
  /** Whose version this is; null for the founder. */
  readonly person: PersonId | null;
  /** Versions that stand, this one among them (EN5). */
  readonly versions: number;
  /** Somebody removed it while somebody else changed it. */
  readonly isRemoved: boolean;
}

export interface ListedFolder {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly filesHere: number;
  readonly bytesHere: number;
}

/** A row of `collection_files`. */
export function readListedFile(row: Row): ListedFile {
  return {
    path: text(row, "path"),
    root: v.parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    chunkSize: int(row, "chunk_size"),
    changedAt: int(row, "file_ms"),
    mediaType: text(row, "media_type"),
    isHere: int(row, "here") === 1,
    person: readPerson(row),
    versions: int(row, "versions"),
    isRemoved: int(row, "removed") === 1,
  };
}

/** Columns of `collection_files` in one value, for `readPackedFiles`. */
export const PACKED_FILE = `json_array(path, root, size, chunk_size, file_ms,
  media_type, here, person, versions, removed)`;

const packedSchema = v.array(
  v.tuple([
    v.string(),
    fileRootSchema,
    v.number(),
    v.number(),
    v.number(),
    v.string(),
    v.number(),
    v.nullable(personIdSchema),
    v.number(),
    v.number(),
  ]),
);

/** Many rows of `collection_files`, packed. */
export function readPackedFiles(rows: unknown): readonly ListedFile[] {
  return v
    .parse(packedSchema, rows)
    .map(
      ([
        path,
        root,
        size,
        chunkSize,
        changedAt,
        mediaType,
        here,
        person,
        versions,
        removed,
      ]) => ({
        path,
        root,
        size,
        chunkSize,
        changedAt,
        mediaType,
        isHere: here === 1,
        person,
        versions,
        isRemoved: removed === 1,
      }),
    );
}

function readPerson(row: Row): PersonId | null {
  const person = maybe(row, "person", text);
  return person === null ? null : v.parse(personIdSchema, person);
}

/** A row of `collection_folders`. */
export function readListedFolder(row: Row): ListedFolder {
  return {
    path: text(row, "path"),
    files: int(row, "files"),
    bytes: int(row, "bytes"),
    filesHere: int(row, "here_files"),
    bytesHere: int(row, "here_bytes"),
  };
}
