import { isUtf8 } from "node:buffer";
import { constants, type Dirent, type Stats } from "node:fs";
import { access, lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Excludes } from "./excludes.ts";
import { isAppData, isLitter } from "./litter.ts";
import { safePath } from "#core/naming/naming.ts";
import { isForAll, kindOf } from "./stat-kind.ts";
import { StatThread } from "./stat-thread.ts";
import type { Seen } from "./stat-thread.ts";

/** A regular file found in a folder. */
export interface WalkedFile {
  /** Relative to the folder, `/` between parts, as the disk has it. */
  readonly path: string;
  readonly absolutePath: string;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** The disk's own number of it, by which it is known again under another name. */
  readonly ino: number;
}

/** Why something in a folder is not shared; the last three by choice. */
export const LEFT_OUT_REASONS = [
  /** A symbolic link: never followed, it may lead outside. */
  "link",
  /** A pipe, socket or device. */
  "special",
  /** May not be read, or went away meanwhile. */
  "unreadable",
  /** Not UTF-8, or a path that others refuse, such as a part `..\x` (FI7). */
  "name",
  /** A path of more than 1,024 bytes or 32 levels (LI). */
  "long",
  /** What systems and this app leave in folders on their own. */
  "litter",
  /** Where this app keeps somebody's keys and posts: never shared, whoever's it is. */
  "app-data",
  "hidden",
  "temporary",
  "pattern",
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Something that is not shared; for a folder: with all that is in it. */
export interface LeftOut {
  /** Relative like a file's; for display when the name is no UTF-8. */
  readonly path: string;
  readonly reason: LeftOutReason;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for everything that is not shared; nothing is dropped in silence. */
  readonly onLeftOut?: ((entry: LeftOut) => void) | undefined;
  /** Called for every folder inside in which there is nothing at all. */
  readonly onEmptyFolder?: ((path: string) => void) | undefined;
  /** What is left out by choice; a folder with all that is in it. */
  readonly excludes?: Pick<Excludes, "reasonFor"> | undefined;
  /** Begins at this folder inside, "" being the top. Not checked against `excludes` itself. */
  readonly below?: string | undefined;
}

/** Names of a folder looked at beside each other. */
const TOGETHER = 32;
/** After so many names, the rest is looked at in a thread, so many at once: to start one takes a while. */
const FEW = 2_000;
const TOGETHER_MANY = 512;

/** What there is at a path. */
export type Found =
  | { readonly kind: "file"; readonly file: WalkedFile }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "left-out"; readonly entry: LeftOut };

/**
 * Yields every regular file of a folder at any depth, folder by folder, names
 * in byte order. Links are never followed. Ends with the signal's reason when
 * that fires.
 * A folder in which this app keeps its data is left out: it holds the keys.
 * @throws `folder-missing` when the folder is not there, also midway (an
 * unplugged drive), so that nobody takes its files for deleted;
 * `folder-unreadable` when it is no folder, may not be listed, or is the app's own
 */
export async function* walkFolder(
  folder: string,
  options: WalkOptions = {},
): AsyncGenerator<WalkedFile, void, undefined> {
  const top = await openTop(folder);
  const folders = [options.below ?? ""];
  const thread = new StatThread();
  try {
    yield* walkFrom(folders, top, thread, options);
  } finally {
    await thread.close();
  }
}

async function* walkFrom(
  folders: string[],
  top: Top,
  thread: StatThread,
  { signal, onLeftOut, onEmptyFolder, excludes }: WalkOptions,
): AsyncGenerator<WalkedFile, void, undefined> {
  let names = 0;
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    const below: string[] = [];
    const entries = await list(top, path, onLeftOut);
    if (entries === null) continue;
    if (entries.length === 0 && path !== "") onEmptyFolder?.(path);
    if (isAppData(entries)) {
      if (path === "")
        throw new CoreError("folder-unreadable", {
          name: basename(top.folder),
        });
      onLeftOut?.({ path, reason: "app-data" });
      continue;
    }
    names += entries.length;
    const isMany = names > FEW;
    const together = isMany ? TOGETHER_MANY : TOGETHER;
    for (let at = 0; at < entries.length; at += together) {
      signal?.throwIfAborted();
      const batch = entries.slice(at, at + together);
      for (const found of isMany
        ? await lookTogether(top, path, batch, excludes, thread)
        : await Promise.all(
            batch.map((entry) => look(top, path, entry, excludes)),
          )) {
        if (found.kind === "left-out") onLeftOut?.(found.entry);
        else if (found.kind === "folder") below.push(found.path);
        else yield found.file;
        signal?.throwIfAborted();
      }
    }
    folders.push(...below.reverse());
  }
}

/** A folder that is walked, and what it was when that began. */
export interface Top {
  readonly folder: string;
  readonly stats: Stats;
}

/** @throws `folder-missing`, `folder-unreadable` */
export async function openTop(folder: string): Promise<Top> {
  const name = basename(folder);
  try {
    const stats = await lstat(folder);
    if (stats.isDirectory()) return { folder, stats };
  } catch (error) {
    throw codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR"
      ? new CoreError("folder-missing", { name }, error)
      : new CoreError("folder-unreadable", { name }, error);
  }
  throw new CoreError("folder-unreadable", { name });
}

/**
 * Another folder at its path counts as gone.
 * @throws `folder-missing` when the folder itself is gone
 */
export async function checkTop({ folder, stats }: Top): Promise<void> {
  const now = await lstat(folder).catch(() => null);
  if (now?.ino !== stats.ino || now.dev !== stats.dev)
    throw new CoreError("folder-missing", { name: basename(folder) });
}

async function list(
  top: Top,
  path: string,
  onLeftOut: WalkOptions["onLeftOut"],
): Promise<readonly Dirent<Buffer>[] | null> {
  try {
    const entries = await readdir(join(top.folder, path), {
      withFileTypes: true,
      encoding: "buffer",
    });
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
  } catch (error) {
    await checkTop(top);
    if (path === "")
      throw new CoreError(
        "folder-unreadable",
        { name: basename(top.folder) },
        error,
      );
    onLeftOut?.({ path, reason: "unreadable" });
    return null;
  }
}

async function look(
  top: Top,
  folder: string,
  entry: Dirent<Buffer>,
  excludes: WalkOptions["excludes"],
): Promise<Found> {
  const path = pathOf(folder, entry);
  const reason = reasonOf(path, entry, excludes);
  return reason === null ? await lookAt(top, path) : leftOut(path, reason);
}

/** As `look`, for many entries of one folder; all that need the disk ask it together. */
async function lookTogether(
  top: Top,
  folder: string,
  entries: readonly Dirent<Buffer>[],
  excludes: WalkOptions["excludes"],
  thread: StatThread,
): Promise<readonly Found[]> {
  const named = entries.map((entry) => {
    const path = pathOf(folder, entry);
    return { path, reason: reasonOf(path, entry, excludes) };
  });
  const asked = named.filter(({ reason }) => reason === null);
  const seen = await thread.look(
    top.folder,
    asked.map(({ path }) => path),
  );
  const bySeen = new Map(asked.map(({ path }, at) => [path, seen[at]]));
  // The folder itself may have gone: then all of it only seems to be unreadable.
  if (seen.some(({ kind }) => kind === "unreadable")) await checkTop(top);
  return named.map(({ path, reason }) =>
    reason === null
      ? foundOf(top, path, bySeen.get(path))
      : leftOut(path, reason),
  );
}

function foundOf({ folder }: Top, path: string, seen: Seen | undefined): Found {
  switch (seen?.kind) {
    case "file": {
      const { size, mtimeMs, ino } = seen;
      const absolutePath = join(folder, path);
      return { kind: "file", file: { path, absolutePath, size, mtimeMs, ino } };
    }
    case "folder":
      return { kind: "folder", path };
    default:
      return leftOut(path, seen?.kind ?? "unreadable");
  }
}

function pathOf(folder: string, entry: Dirent<Buffer>): string {
  const name = entry.name.toString();
  return folder === "" ? name : `${folder}/${name}`;
}

/** Why an entry is not even looked at; null when it is. */
function reasonOf(
  path: string,
  entry: Dirent<Buffer>,
  excludes: WalkOptions["excludes"],
): LeftOutReason | null {
  if (!isUtf8(entry.name)) return isLitter(nameOf(path)) ? "litter" : "name";
  return reasonByName(path, excludes);
}

function leftOut(path: string, reason: LeftOutReason): Found {
  return { kind: "left-out", entry: { path, reason } };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Why a path is not even looked at; null when it is. */
export function reasonByName(
  path: string,
  excludes: WalkOptions["excludes"],
): LeftOutReason | null {
  if (isLitter(nameOf(path))) return "litter";
  const safe = safePath(path, "linux");
  if (safe.kind === "refused") return safe.reason === "long" ? "long" : "name";
  return excludes?.reasonFor(path) ?? null;
}

/**
 * Looks at one path; the folders it lies in have been looked at.
 * @throws `folder-missing` when the walked folder itself is gone
 */
export async function lookAt(top: Top, path: string): Promise<Found> {
  const absolutePath = join(top.folder, path);
  try {
    const stats = await lstat(absolutePath);
    const kind = kindOf(stats);
    if (kind === "file" && !isForAll(stats))
      await access(absolutePath, constants.R_OK);
    const { size, mtimeMs, ino } = stats;
    return foundOf(top, path, { kind, size, mtimeMs, ino });
  } catch {
    await checkTop(top);
    return leftOut(path, "unreadable");
  }
}
