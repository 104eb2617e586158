import {
  constants,
  lstat,
  open,
  unlink,
  type FileHandle,
} from "node:fs/promises";
import { join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { Hasher } from "./hasher.ts";
import type { Content } from "./model.ts";
import { numberedName } from "./naming-rules.ts";
import {
  asRefusal,
  enterFolder,
  type Destination,
  type EnteredFolder,
} from "./place-folder.ts";
import { isKnown, putNew, putOver, type KnownFile } from "./place-put.ts";

/** A received file, whole and verified, that goes to its name. */
export interface Arrival {
  /** Absolute, in the destination's folder for unfinished files. Gone afterwards. */
  readonly temp: string;
  /** Where it belongs, from the destination's namer. */
  readonly parts: readonly string[];
  readonly content: Content;
  /** The author's time of the file, milliseconds since 1970; set on it if it is believable. */
  readonly changedAt: number;
  /** How we left the file that is there now, if we put it there; null keeps whatever is there. */
  readonly known: KnownFile | null;
}

/** Where an arrival ended, and how it was left. */
export interface Placed extends KnownFile {
  /** Not `parts` of the arrival when something unseen lay there: tell the namer. */
  readonly parts: readonly string[];
  readonly absolutePath: string;
  /** The person had a file with this very content there; it was left as it is. */
  readonly isAdopted: boolean;
}

export type PlaceResult =
  | { readonly kind: "placed"; readonly placed: Placed }
  | { readonly kind: "failed"; readonly error: unknown };

/** Files synced beside each other; a disk writes them down together. */
const TOGETHER = 16;
/** 1970 to 2100; what lies outside is no time of a file. */
const TIME_MAX_MS = 4_102_444_800_000;

/**
 * Puts received files at their names (FI4): syncs each, gives it its name
 * without replacing anything unseen, syncs the folders once. Where a name is
 * taken by a file with the same content, that one is adopted; else the next
 * free " (2)" is used. Give small files together; one that fails does not stop
 * the others.
 *
 * Each result is in the place of its arrival; failures are `disk-full`,
 * `folder-missing`, `folder-unreadable`, `file-unreadable` (the temporary file)
 * or unexpected. A failed arrival's
 * temporary file stays, so that nothing is fetched twice.
 */
export async function placeFiles(
  destination: Destination,
  arrivals: readonly Arrival[],
  hasher: Hasher,
): Promise<readonly PlaceResult[]> {
  const results = new Map<Arrival, PlaceResult>();
  const groups = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    // The naming layer saw to this; a bug there must not become a way out.
    if (arrival.parts.length === 0 || !arrival.parts.every(isPlainName)) {
      const error = new Error("not a path inside the folder");
      results.set(arrival, { kind: "failed", error });
      continue;
    }
    const folder = arrival.parts.slice(0, -1).join("/");
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [arrival]);
    else group.push(arrival);
  }
  for (const group of groups.values())
    await placeGroup({ destination, hasher, group, results, replaced: [] });
  return arrivals.flatMap((arrival) => results.get(arrival) ?? []);
}

interface Group {
  readonly destination: Destination;
  readonly hasher: Hasher;
  /** All for one folder. */
  readonly group: readonly Arrival[];
  /** Filled in. */
  readonly results: Map<Arrival, PlaceResult>;
  /** Old versions that were replaced. */
  readonly replaced: Replaced[];
}

interface Replaced {
  readonly aside: string;
  readonly known: KnownFile;
  readonly name: string;
}

async function placeGroup(work: Group): Promise<void> {
  const { destination, group, results } = work;
  const fail = (arrival: Arrival, error: unknown): void => {
    const cause = asRefusal(error, destination.folder);
    results.set(arrival, { kind: "failed", error: cause });
  };
  try {
    const parts = group[0]?.parts.slice(0, -1) ?? [];
    const folder = await enterFolder(destination, parts);
    try {
      for (let at = 0; at < group.length; at += TOGETHER) {
        const batch = group.slice(at, at + TOGETHER).map(async (arrival) => {
          try {
            const placed = await placeOne(work, folder, arrival);
            results.set(arrival, { kind: "placed", placed });
          } catch (error) {
            fail(arrival, error);
          }
        });
        await Promise.all(batch);
      }
      await folder.sync();
      for (const old of work.replaced) await letGo(folder, old);
    } finally {
      await folder.close();
    }
  } catch (error) {
    for (const arrival of group)
      if (results.get(arrival)?.kind !== "failed") fail(arrival, error);
  }
}

async function placeOne(
  { destination, hasher, replaced }: Group,
  folder: EnteredFolder,
  arrival: Arrival,
): Promise<Placed> {
  const { content, known, parts, temp } = arrival;
  const wanted = parts.at(-1) ?? "";
  const left = await makeReady(arrival);

  function placed(name: string, file: KnownFile, isAdopted: boolean): Placed {
    const there = [...parts.slice(0, -1), name];
    const absolutePath = join(destination.folder, ...there);
    return { parts: there, absolutePath, ...file, isAdopted };
  }

  if (known !== null) {
    const aside = `${temp}.old`;
    if (await putOver(temp, folder.path(wanted), known, aside)) {
      replaced.push({ aside, known, name: wanted });
      return placed(wanted, left, false);
    }
  }
  for (const name of names(wanted)) {
    const path = folder.path(name);
    if (await putNew(temp, path)) return placed(name, left, false);
    const same = await sameContent(path, content, hasher);
    if (same === null) continue;
    await unlink(temp);
    return placed(name, same, true);
  }
  throw new Error("no free name");
}

/** Removes an old version, unless somebody wrote into it while it was replaced: then it gets a name. */
async function letGo(
  folder: EnteredFolder,
  { aside, known, name }: Replaced,
): Promise<void> {
  if (await isKnown(aside, known)) {
    await unlink(aside);
    return;
  }
  if (!(await exists(aside))) return;
  for (const free of names(name))
    if (await putNew(aside, folder.path(free))) break;
  await folder.sync();
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

function isPlainName(part: string): boolean {
  return part !== "" && part !== "." && part !== ".." && !/[/\\\0]/.test(part);
}

function* names(wanted: string): Generator<string> {
  yield wanted;
  for (let number = 2; number < 10_000; number++)
    yield numberedName(wanted, number, "file");
}

/** Syncs the temporary file as it shall be found: the author's time, nothing that can be run. */
async function makeReady(arrival: Arrival): Promise<KnownFile> {
  const { content, changedAt } = arrival;
  const file = await openTemp(arrival);
  try {
    if (changedAt >= 0 && changedAt < TIME_MAX_MS)
      await file.utimes(changedAt / 1000, changedAt / 1000);
    const { size, mode, mtimeMs } = await file.stat();
    if (size !== content.size)
      throw new Error("not the file that was verified");
    if ((mode & 0o7111) !== 0) await file.chmod(mode & 0o666);
    await file.sync();
    return { size, mtimeMs };
  } finally {
    await file.close();
  }
}

/** The destination is there, so a missing file is no missing folder. */
async function openTemp({ temp, parts }: Arrival): Promise<FileHandle> {
  try {
    return await open(temp, constants.O_RDWR | constants.O_NOFOLLOW);
  } catch (error) {
    const name = parts.at(-1) ?? "";
    throw new CoreError("file-unreadable", { name }, error);
  }
}

/** How the file at `path` was left, when it has this very content; else null. */
async function sameContent(
  path: string,
  content: Content,
  hasher: Hasher,
): Promise<KnownFile | null> {
  const seen = await lstat(path).catch(() => null);
  if (seen?.isFile() !== true || seen.size !== content.size) return null;
  try {
    const hash = await hasher.hashFile(path, { size: content.size });
    const { root, size, mtimeMs } = hash;
    return root === content.root ? { size, mtimeMs } : null;
  } catch (error) {
    if (isCoreError(error, "file-unreadable")) return null;
    throw error;
  }
}
