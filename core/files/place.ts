import { closeSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { isCoreError } from "#core/contract/errors.ts";
import { delay, type Clock } from "#core/base/clock.ts";
import { enterFolder, syncHandle, type EnteredFolder } from "./enter-folder.ts";
import type { createFileHash } from "./hash-file.ts";
import type { Content } from "./model.ts";
import { numberedName } from "#core/naming/naming-rules.ts";
import { asRefusal, type Destination } from "./place-folder.ts";
import { makeReady, type Arrival, type Ready } from "./place-ready.ts";
import { isKnown, look, putNew, putOver, type KnownFile } from "./place-put.ts";
import type { DiskSync } from "./place-sync.ts";

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

/** Files held open beside each other until all of them are on the disk. */
const TOGETHER = 512;
/**
 * Syncs at one moment: a disk writes them down together. One less than the
 * threads Node has for such calls, so that nothing else waits for the disk.
 */
const SYNCS = 3;
/**
 * A program that had the old version open may still be about to write into it:
 * it is looked at once more after this time, before it goes.
 */
const LATE_WRITE_MS = 50;

export interface PlaceTools {
  readonly hashFile: ReturnType<typeof createFileHash>;
  readonly clock: Clock;
  readonly disk: DiskSync;
}

/**
 * Puts received files at their names (FI4): syncs each, gives it its name
 * without replacing anything unseen, syncs the folders once. Where a name is
 * taken by a file with the same content, that one is adopted; else the next
 * free " (2)" is used. Give small files together; one that fails does not stop
 * the others. For a worker thread: it blocks, all but the waiting for the disk.
 *
 * Each result is in the place of its arrival; failures are `disk-full`,
 * `folder-missing`, `folder-unreadable`, `file-unreadable` (the temporary file)
 * or unexpected. A failed arrival's temporary file stays, so that nothing is
 * fetched twice, unless it was written here.
 */
export async function placeFiles(
  destination: Destination,
  arrivals: readonly Arrival[],
  tools: PlaceTools,
): Promise<readonly PlaceResult[]> {
  const results = new Map<Arrival, PlaceResult>();
  for (let at = 0; at < arrivals.length; at += TOGETHER)
    await new Placing(destination, tools, results).run(
      arrivals.slice(at, at + TOGETHER),
    );
  return arrivals.flatMap((arrival) => results.get(arrival) ?? []);
}

/** Files of one folder, and what they replaced. */
interface Group {
  readonly folder: EnteredFolder;
  readonly files: readonly Ready[];
  readonly replaced: readonly Replaced[];
}

/** An old version that was replaced. */
interface Replaced {
  readonly aside: string;
  readonly known: KnownFile;
  readonly name: string;
}

/** Places files that go together. */
class Placing {
  readonly #destination: Destination;
  readonly #tools: PlaceTools;
  readonly #results: Map<Arrival, PlaceResult>;

  constructor(
    destination: Destination,
    tools: PlaceTools,
    results: Map<Arrival, PlaceResult>,
  ) {
    this.#destination = destination;
    this.#tools = tools;
    this.#results = results;
  }

  async run(arrivals: readonly Arrival[]): Promise<void> {
    const ready: Ready[] = [];
    for (const arrival of arrivals)
      try {
        ready.push(makeReady(arrival));
      } catch (error) {
        this.#fail(arrival, error);
      }
    await this.#syncFiles(ready);
    const byFolder = new Map<string, Ready[]>();
    for (const one of ready) {
      if (this.#results.has(one.arrival)) continue;
      const folder = one.arrival.parts.slice(0, -1).join("/");
      const files = byFolder.get(folder);
      if (files === undefined) byFolder.set(folder, [one]);
      else files.push(one);
    }
    const groups: Group[] = [];
    try {
      for (const files of byFolder.values()) groups.push(...this.#place(files));
      await this.#syncFolders(groups);
      await this.#letGoOld(groups);
    } finally {
      for (const { folder } of groups) folder.close();
    }
  }

  async #syncFiles(ready: readonly Ready[]): Promise<void> {
    try {
      if (await this.#syncTogether(ready.length)) return;
      await someAtOnce(ready, async ({ arrival, file }) => {
        try {
          await syncHandle(file);
        } catch (error) {
          this.#fail(arrival, error);
        }
      });
    } finally {
      for (const { file } of ready) closeSync(file);
    }
  }

  async #syncFolders(groups: readonly Group[]): Promise<void> {
    if (await this.#syncTogether(groups.length * 4)) return;
    await someAtOnce(groups, async ({ folder, files }) => {
      try {
        await folder.sync();
      } catch (error) {
        this.#failAll(files, error);
      }
    });
  }

  #syncTogether(files: number): Promise<boolean> {
    return this.#tools.disk.together(this.#destination.folder, files);
  }

  /** Gives files of one folder their names; nothing when the folder cannot be entered. */
  #place(files: readonly Ready[]): readonly Group[] {
    const parts = files[0]?.arrival.parts.slice(0, -1) ?? [];
    let folder: EnteredFolder;
    try {
      folder = enterFolder(this.#destination, parts);
    } catch (error) {
      this.#failAll(files, error);
      return [];
    }
    const replaced: Replaced[] = [];
    for (const one of files)
      try {
        const placed = this.#placeOne(folder, one, replaced);
        this.#results.set(one.arrival, { kind: "placed", placed });
      } catch (error) {
        this.#fail(one.arrival, error);
      }
    return [{ folder, files, replaced }];
  }

  async #letGoOld(groups: readonly Group[]): Promise<void> {
    if (groups.every(({ replaced }) => replaced.length === 0)) return;
    await delay(this.#tools.clock, LATE_WRITE_MS);
    for (const { folder, files, replaced } of groups)
      try {
        for (const old of replaced) await letGo(folder, old);
      } catch (error) {
        this.#failAll(files, error);
      }
  }

  #placeOne(
    folder: EnteredFolder,
    { arrival, left }: Ready,
    replaced: Replaced[],
  ): Placed {
    const { content, known, parts, temp } = arrival;
    const wanted = parts.at(-1) ?? "";
    const inside = parts.slice(0, -1);
    const top = this.#destination.folder;

    function placed(name: string, file: KnownFile, isAdopted: boolean): Placed {
      const there = name === wanted ? parts : [...inside, name];
      const absolutePath = join(top, ...there);
      return { parts: there, absolutePath, ...file, isAdopted };
    }

    if (known !== null) {
      const aside = `${temp}.old`;
      if (putOver(temp, folder.path(wanted), known, aside)) {
        replaced.push({ aside, known, name: wanted });
        return placed(wanted, left, false);
      }
    }
    for (const name of names(wanted)) {
      const path = folder.path(name);
      if (putNew(temp, path)) return placed(name, left, false);
      const same = this.#sameContent(path, content);
      if (same === null) continue;
      unlinkSync(temp);
      return placed(name, same, true);
    }
    throw new Error("no free name");
  }

  /** How the file at `path` was left, when it has this very content; else null. */
  #sameContent(path: string, content: Content): KnownFile | null {
    const seen = look(path);
    if (seen?.isFile() !== true || seen.size !== content.size) return null;
    try {
      const { root, size, mtimeMs } = this.#tools.hashFile(path, NOT_WATCHED);
      return root === content.root ? { size, mtimeMs } : null;
    } catch (error) {
      if (isCoreError(error, "file-unreadable")) return null;
      throw error;
    }
  }

  #failAll(files: readonly Ready[], error: unknown): void {
    for (const { arrival } of files)
      if (this.#results.get(arrival)?.kind !== "failed")
        this.#fail(arrival, error);
  }

  #fail(arrival: Arrival, error: unknown): void {
    const cause = asRefusal(error, this.#destination.folder);
    this.#results.set(arrival, { kind: "failed", error: cause });
    // What was in memory is soon here again; on a full disk it is in the way.
    if (arrival.bytes !== undefined) rmSync(arrival.temp, { force: true });
  }
}

const NOT_WATCHED = { isStopped: () => false, onBytes: () => undefined };

/** Removes an old version, unless somebody wrote into it while it was replaced: then it gets a name. */
async function letGo(
  folder: EnteredFolder,
  { aside, known, name }: Replaced,
): Promise<void> {
  if (isKnown(aside, known)) {
    unlinkSync(aside);
    return;
  }
  if (look(aside) === null) return;
  for (const free of names(name)) if (putNew(aside, folder.path(free))) break;
  await folder.sync();
}

function* names(wanted: string): Generator<string> {
  yield wanted;
  for (let number = 2; number < 10_000; number++)
    yield numberedName(wanted, number, "file");
}

async function someAtOnce<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: SYNCS }, async () => {
      for (const one of left) await work(one);
    }),
  );
}
