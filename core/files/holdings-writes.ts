import type { Write } from "#core/storage/write-messages.ts";
import { chunkCount } from "./chunks.ts";
import type { NewHolding } from "./model.ts";

/** Of the table of holdings, in the order they are written in. */
export const COLUMNS =
  "path, root, size, chunk_size, mtime_ms, origin, changed";

/** What writes holdings down. */
export function addingHoldings(news: readonly NewHolding[]): readonly Write[] {
  const lists = news.filter(({ holding }) => chunkCount(holding.size) > 1);
  return [
    {
      // The lists of what lay there before, unless another file has them too.
      sql: `DELETE FROM chunk_lists WHERE root IN (
              SELECT h.root FROM json_each(?1) j CROSS JOIN holdings h
              ON h.path = j.value ->> 0 AND h.root <> j.value ->> 1)
            AND (SELECT COUNT(*) FROM holdings WHERE root = chunk_lists.root)
              <= (SELECT COUNT(*) FROM json_each(?1) j CROSS JOIN holdings h
                  ON h.path = j.value ->> 0 AND h.root = chunk_lists.root
                    AND h.root <> j.value ->> 1)`,
      rows: [
        [
          JSON.stringify(
            news.map(({ holding: it }) => [it.absolutePath, it.root]),
          ),
        ],
      ],
    },
    {
      sql: `INSERT OR REPLACE INTO holdings (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 0)`,
      rows: news.map(({ holding: it }) => [
        it.absolutePath,
        it.root,
        it.size,
        it.chunkSize,
        it.mtimeMs,
        it.origin,
      ]),
    },
    {
      sql: "INSERT OR IGNORE INTO chunk_lists (root, list) VALUES (?, ?)",
      rows: lists.map(({ holding, list }) => [holding.root, list]),
    },
  ];
}

/** Lets go of the list of a root, unless some file has it still. */
export const DROP_LIST =
  "DELETE FROM chunk_lists WHERE root = ?1 AND NOT EXISTS (SELECT 1 FROM holdings WHERE root = ?1)";
