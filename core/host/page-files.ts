import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pageType } from "#core/rpc/page-policy.ts";

/** One of the interface's own files. */
export interface PageFile {
  readonly type: string;
  read(): Promise<Buffer>;
}

/** The interface's files by their path in the address, `/` for the page itself. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Lists the built interface once. Only what was found then is ever served, so
 * that no address can name another file. Empty when it has not been built.
 */
export async function listPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).replaceAll("\\", "/");
    const file = { type: pageType(entry.name), read: () => readFile(path) };
    files.set(address, file);
    if (address === "/index.html") files.set("/", file);
  }
  return files;
}
