import { rename, stat } from "node:fs/promises";
import { leftovers } from "./fetch-part.ts";
import type { Reading } from "./fetch-reading.ts";
import type { Content } from "#core/files/model.ts";

/** What the others of an app need of a fetcher. */
export interface Fetching {
  /** Whether this content is under way here, or on its way to its place. */
  has(content: Content): boolean;
  /** Reads content while it arrives. */
  read(content: Content): Reading;
  /** Lets go of content that is only read; false when it is fetched, and has to stay. */
  handOver(content: Content): Promise<boolean>;
}

/**
 * All fetchers of an app, each with its own folder on its own disk. What one of
 * them has under way can be read by others; what one has left half-way is gone
 * on with by another (FI8, FI9).
 */
export class Fetchers {
  /** With the folder of each. */
  readonly #open = new Map<Fetching, string>();
  /** Folders of fetchers of this run of the app, closed ones too. */
  readonly #folders = new Set<string>();

  add(fetcher: Fetching, folder: string): void {
    this.#open.set(fetcher, folder);
    this.#folders.add(folder);
  }

  delete(fetcher: Fetching): void {
    this.#open.delete(fetcher);
  }

  /** Who has this content under way; null when nobody does. */
  find(content: Content): Fetching | null {
    for (const fetcher of this.#open.keys())
      if (fetcher.has(content)) return fetcher;
    return null;
  }

  /**
   * Brings what others have of a content into a folder, before it is fetched
   * there. Those who only read it are interrupted, and find it there.
   */
  async bring(content: Content, to: Fetching, folder: string): Promise<void> {
    const kept = new Set([folder]);
    for (const [fetcher, its] of this.#open)
      if (fetcher !== to && !(await fetcher.handOver(content))) kept.add(its);
    for (const from of this.#folders)
      if (!kept.has(from) && (await move(content, from, folder))) return;
  }
}

/** Whether something was there to move, and could be: not from another disk, and not over what is there. */
async function move(
  content: Content,
  from: string,
  to: string,
): Promise<boolean> {
  const [part, ...notes] = leftovers(from, content);
  const [target, ...targets] = leftovers(to, content);
  if ((await stat(part).catch(() => null)) === null) return false;
  if ((await stat(target).catch(() => null)) !== null) return false;
  for (const [index, note] of notes.entries())
    await rename(note, targets[index] ?? note).catch(() => undefined);
  return await rename(part, target).then(
    () => true,
    () => false,
  );
}
