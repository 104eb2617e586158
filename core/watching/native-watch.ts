import { lstat, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { AsyncSubscription, Event } from "@parcel/watcher";
import type { Resource } from "#core/base/resource.ts";

export interface NativeWatchOptions {
  /** Absolute. */
  readonly folder: string;
  /** Absolute paths that are not entered: what cannot be read, or is of no interest. */
  readonly skip: readonly string[];
  /** Paths that something happened to, relative, `/` between parts. */
  readonly onPaths: (paths: readonly string[]) => void;
  /** Something may have been missed: the whole folder has to be looked at. */
  readonly onLost: () => void;
}

/** Opens a watch; rejects where the system has none to give. */
export type OpenNativeWatch = (
  options: NativeWatchOptions,
) => Promise<Resource>;

/**
 * More at one time than anybody can trust: the queue of the system ends
 * somewhere, and on Linux it ends without a word.
 */
const BURST_EVENTS = 2_000;
/** Folders that came since the watch began, before it begins anew. */
const LATER_FOLDERS = 50;
/** More places than these make every event slow to sort out. */
const SKIPPED = 200;
/** What is looked at beside each other. */
const TOGETHER = 64;

/**
 * Watches a folder at any depth with the system's own means.
 *
 * On Linux a folder that comes later is watched from the moment it is heard
 * of, and what was in it before then is not: so it gets a watch of its own, and
 * its path is told after that watch stands.
 * @throws what the system says: too many watches, a folder that may not be read
 */
export const openNativeWatch: OpenNativeWatch = async (options) => {
  // Not with the app's start: where the system's part is missing, folders are read now and then.
  const { default: watcher } = await import("@parcel/watcher");
  // Told of by their real paths, whatever leads to them.
  const top = await realpath(options.folder);
  const ignore = options.skip.filter((path) => !isPattern(path));
  const later: AsyncSubscription[] = [];
  let isClosed = false;
  let work = Promise.resolve();

  const watch = (folder: string): Promise<AsyncSubscription> =>
    watcher.subscribe(folder, hear, { ignore: ignore.slice(0, SKIPPED) });

  function hear(error: Error | null, events: readonly Event[]): void {
    if (isClosed) return;
    if (error !== null || events.length > BURST_EVENTS) {
      options.onLost();
      return;
    }
    work = work.then(() => sortOut(events)).catch(options.onLost);
  }

  async function sortOut(events: readonly Event[]): Promise<void> {
    if (isClosed) return;
    if (process.platform === "linux") await watchNew(events);
    const paths = events.flatMap(({ path }) => inside(top, path) ?? []);
    if (paths.length > 0 && !isClosed) options.onPaths(paths);
  }

  async function watchNew(events: readonly Event[]): Promise<void> {
    const created = events.flatMap(({ type, path }) =>
      type === "create" ? path : [],
    );
    for (const folder of topmost(await foldersAmong(created))) {
      if (isClosed) return;
      if (later.length >= LATER_FOLDERS) {
        options.onLost();
        return;
      }
      const one = await watch(folder).catch(() => null);
      // Gone again, or out of watches: then only a look at everything helps.
      if (one === null) options.onLost();
      else later.push(one);
    }
  }

  const first = await watch(top);
  return {
    async close() {
      isClosed = true;
      await work;
      for (const one of [first, ...later])
        // The system may have ended it before, with the folder.
        await one.unsubscribe().catch(() => undefined);
    },
  };
};

async function foldersAmong(
  paths: readonly string[],
): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let at = 0; at < paths.length; at += TOGETHER) {
    const some = paths.slice(at, at + TOGETHER);
    const seen = await Promise.all(
      some.map((path) => lstat(path).catch(() => null)),
    );
    folders.push(
      ...some.filter((_, index) => seen[index]?.isDirectory() === true),
    );
  }
  return folders;
}

/** Without those that lie in another one. */
function topmost(folders: readonly string[]): readonly string[] {
  const tops: string[] = [];
  for (const folder of [...folders].sort())
    if (!tops.some((top) => folder.startsWith(top + sep))) tops.push(folder);
  return tops;
}

/** The path relative to a folder; "" is the folder itself, null when outside. */
function inside(top: string, path: string): string | null {
  if (path === top) return "";
  if (!path.startsWith(join(top, sep))) return null;
  return path.slice(join(top, sep).length).split(sep).join("/");
}

/** The library takes such a path for a pattern. */
function isPattern(path: string): boolean {
  return /[*?{}()[\]!|@+]/.test(path);
}
