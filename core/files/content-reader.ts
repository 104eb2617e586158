import type { FileRoot } from "#core/contract/ids.ts";
import type { ServedFile } from "./bulk-messages.ts";
import type { Held } from "./wire.ts";

/** Reads what this computer holds, verified when it came in and unchanged since (FI3). */
export interface ContentReader {
  /** How much is held; a guess is enough, the bytes are looked at when asked for. */
  held(root: FileRoot): Held;
  /** The whole list of the chunks' hashes; null when not held. */
  list(root: FileRoot): Promise<Buffer | null>;
  /**
   * One chunk; null when not held, changed or beyond the end. It may be put into
   * `room`, and is then good until whoever gave that uses it again.
   */
  chunk(root: FileRoot, index: number, room?: Buffer): Promise<Buffer | null>;
  /** A whole file of several chunks that a thread can serve from by itself; null when there is none. */
  file?(root: FileRoot): ServedFile | null;
}

/** Reads content that is still being fetched: only what is verified and written (FI2). */
export interface GrowingReader extends ContentReader {
  /** A bit for each chunk that is here; null when the content is not being fetched. */
  map(root: FileRoot): Buffer | null;
}

/** Content that is here, and what is on its way here. */
export function joinReaders(
  whole: ContentReader,
  growing: () => GrowingReader | null,
): GrowingReader {
  return {
    held(root) {
      const held = whole.held(root);
      return held === "all" ? held : (growing()?.held(root) ?? held);
    },
    async list(root) {
      const list = await whole.list(root);
      return list ?? growing()?.list(root) ?? null;
    },
    async chunk(root, index, room) {
      const chunk = await whole.chunk(root, index, room);
      return chunk ?? growing()?.chunk(root, index) ?? null;
    },
    file: (root) => whole.file?.(root) ?? null,
    map: (root) => growing()?.map(root) ?? null,
  };
}
