import {
  entryRef,
  type EntryRef,
  type FileRoot,
  type SpaceId,
} from "#core/contract/ids.ts";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import { CollectionFold } from "#core/listing/collection-fold.ts";
import { COLLECTION_MIGRATION } from "#core/listing/collection-tables.ts";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import { NAMED_MIGRATION, Named } from "#core/files/named.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import { Database } from "#core/storage/database.ts";
import { testCollection } from "./test-collection.ts";
import { testLog, testPerson } from "./test-ids.ts";

/** A collection in an index of its own, written by a test. */
export interface FoldedCollection {
  readonly index: Database;
  readonly space: SpaceId;
  /** Content that is on this computer. */
  readonly here: Set<FileRoot>;
  /** Folds puts of text files, all in one slice. */
  put(files: Readonly<Record<string, string>>): void;
  /** Folds entries, all in one slice; answers with their references. */
  fold(entries: readonly RawEntry[]): readonly EntryRef[];
  close(): Promise<void>;
}

/** The root of a text in one chunk. */
export function rootOfText(text: string): FileRoot {
  return rootOf(hashChunk(Buffer.from(text)));
}

export function createFoldedCollection(): FoldedCollection {
  const index = new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION, COLLECTION_MIGRATION],
  });
  const here = new Set<FileRoot>();
  const fold = new CollectionFold({
    index,
    named: new Named(index),
    isHere: (root) => here.has(root),
  });
  const space = testCollection(testPerson("founder"));
  const log = testLog("log");
  let block = 0;

  function foldAll(entries: readonly RawEntry[]): readonly EntryRef[] {
    block++;
    const refs = entries.map((_, position) => entryRef(log, block, position));
    index.transaction(() => {
      for (const [position, entry] of entries.entries())
        fold.note({
          ref: refs[position] ?? entryRef(log, block, position),
          space,
          person: space.charter.founder,
          time: [block, 0],
          writtenAt: block,
          arrivedAt: block,
          entry,
        });
      fold.settle();
    });
    return refs;
  }

  return {
    index,
    space: space.id,
    here,
    fold: foldAll,
    put(files) {
      foldAll(
        Object.entries(files).map(([path, text]) => ({
          type: "put",
          path,
          size: Buffer.byteLength(text),
          changedAt: 1,
          mediaType: "text/plain",
          chunkSize: CHUNK_MIN_BYTES,
          root: rootOfText(text),
          replaces: [],
        })),
      );
    },
    close: () => index.close(),
  };
}
