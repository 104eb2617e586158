import { hashChunk, rootOf } from "#core/files/chunks.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Database } from "#core/storage/database.ts";
import type { IsHere } from "./here.ts";

/** The content of every empty file. */
const EMPTY = rootOf(hashChunk(Buffer.alloc(0)));

/**
 * Whether a file is on this computer. Content counts whatever its name is (FI9);
 * but nothing at all is in no file until that file was put there.
 */
export function createIsHere(
  holdings: Pick<Holdings, "has">,
  local: Database,
): IsHere {
  return (root, space, path) => {
    if (!holdings.has(root)) return false;
    if (root !== EMPTY) return true;
    return (
      local.get(
        `SELECT 1 FROM shared_folders WHERE space = ?1
         UNION ALL
         SELECT 1 FROM saved_files s JOIN destinations d ON d.id = s.destination
         WHERE d.space = ?1 AND s.path = ?2 AND s.root = ?3
         LIMIT 1`,
        [space, path, root],
        () => true,
      ) ?? false
    );
  };
}
