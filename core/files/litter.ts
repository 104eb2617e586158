import type { Dirent } from "node:fs";
import { OWN_PREFIX } from "#core/naming/naming-rules.ts";

const LITTER = new Set([
  ".ds_store",
  "thumbs.db",
  "desktop.ini",
  "$recycle.bin",
  "system volume information",
  ".spotlight-v100",
  ".trashes",
  ".fseventsd",
]);

/** The marks of a data folder: its format, and what lies beside that from the first start on. */
export function isAppData(entries: readonly Dirent<Buffer>[]): boolean {
  const names = new Set(entries.map((entry) => entry.name.toString()));
  return (
    names.has("commonplace.json") &&
    (names.has("vault.json") || names.has("local.db"))
  );
}

/** What systems and this app leave in folders on their own. */
export function isLitter(name: string): boolean {
  const lower = name.toLowerCase();
  return LITTER.has(lower) || lower.startsWith(OWN_PREFIX);
}
