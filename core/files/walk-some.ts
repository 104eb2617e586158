import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { breathe } from "#core/base/breathe.ts";
import { codeOf } from "#core/base/system-error.ts";
import { checkTop, lookAt, openTop, reasonByName, walkFolder } from "./walk.ts";
import type { Top, WalkedFile, WalkOptions } from "./walk.ts";

/** What lies at a folder that others lie in. */
type Way = "folder" | "none" | "closed";

/** Paths looked at before others get their turn. */
const SLICE = 64;

/**
 * Like `walkFolder`, for some paths of it only: yields what is a file there
 * now, and every file in what is a folder there. A path that answers nothing
 * is not there any more, unless it was left out. No link is followed, on the
 * way to a path either.
 * @throws `folder-missing`, `folder-unreadable` for the folder itself
 */
export async function* walkSome(
  folder: string,
  paths: readonly string[],
  options: WalkOptions = {},
): AsyncGenerator<WalkedFile, void, undefined> {
  const { signal, onLeftOut, excludes } = options;
  const top = await openTop(folder);
  const ways = new Map<string, Way>();
  let looked = 0;
  for (const path of paths) {
    signal?.throwIfAborted();
    if (++looked % SLICE === 0) await breathe();
    if ((await wayTo(top, path, ways, options)) !== "folder") continue;
    const reason = reasonByName(path, excludes);
    if (reason !== null) {
      onLeftOut?.({ path, reason });
      continue;
    }
    if (!(await isThere(top, path))) continue;
    const found = await lookAt(top, path);
    if (found.kind === "file") yield found.file;
    else if (found.kind === "left-out") onLeftOut?.(found.entry);
    else yield* walkFolder(folder, { ...options, below: path });
  }
}

/** Whether the folders that a path lies in are plain, readable and shared. */
async function wayTo(
  top: Top,
  path: string,
  ways: Map<string, Way>,
  options: WalkOptions,
): Promise<Way> {
  let way: Way = "folder";
  for (
    let end = path.indexOf("/");
    end >= 0 && way === "folder";
    end = path.indexOf("/", end + 1)
  ) {
    const on = path.slice(0, end);
    const known = ways.get(on);
    way = known ?? (await look(top, on, options));
    ways.set(on, way);
  }
  return way;
}

async function look(
  top: Top,
  path: string,
  { excludes, onLeftOut }: WalkOptions,
): Promise<Way> {
  const reason = reasonByName(path, excludes);
  if (reason !== null) return "closed";
  if (!(await isThere(top, path))) return "none";
  const found = await lookAt(top, path);
  if (found.kind === "left-out") onLeftOut?.(found.entry);
  if (found.kind !== "folder") return "none";
  if (!(await isAppData(join(top.folder, path)))) return "folder";
  onLeftOut?.({ path, reason: "app-data" });
  return "closed";
}

/** False only when there is surely nothing: what cannot be seen may be there. */
async function isThere(top: Top, path: string): Promise<boolean> {
  try {
    await lstat(join(top.folder, path));
    return true;
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes(codeOf(error))) return true;
    await checkTop(top);
    return false;
  }
}

/** The marks of `walkFolder`, looked for one by one: the folder may be large. */
async function isAppData(folder: string): Promise<boolean> {
  const has = async (name: string): Promise<boolean> =>
    (await lstat(join(folder, name)).catch(() => null)) !== null;
  if (!(await has("commonplace.json"))) return false;
  return (await has("vault.json")) || (await has("local.db"));
}
