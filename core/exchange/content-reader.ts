import type { FileRoot } from "#core/contract/ids.ts";
import type { WholeFile } from "#core/files/whole-file.ts";
import type { Whole } from "#core/files/read-whole.ts";
import type { Held } from "./wire.ts";

/** Reads what this computer holds, verified when it came in and unchanged since (FI3). */
export interface ContentReader {
  /** How much is held; a guess is enough, the bytes are looked at when asked for. */
  held(root: FileRoot): Held;
  /** Looks many up at once that are asked about next, one by one. */
  lookUp?(roots: readonly FileRoot[]): void;
  /** The whole list of the chunks' hashes; null when not held. */
  list(root: FileRoot): Promise<Buffer | null>;
  /**
   * One chunk; null when not held, changed or beyond the end. It may be put into
   * `room`, and is then good until whoever gave that uses it again.
   */
  chunk(root: FileRoot, index: number, room?: Buffer): Promise<Buffer | null>;
  /**
   * A whole file of several chunks that a thread may serve from by itself now;
   * null when there is none. Cheap: it is asked for each message.
   */
  file?(root: FileRoot): WholeFile | null;
  /** As `file`, for content in one chunk. */
  small?(root: FileRoot): Whole | null;
  /**
   * Left out where nothing limits how fast is read for others. Else `pass` is
   * called when it is this one's turn, perhaps at once, and answers the bytes of
   * the `chunk` it begins to read, or 0; without a turn no chunk is to be read.
   * The lower the rank at that moment, the sooner. The answer leaves the line.
   */
  turn?(pass: () => number, rank?: () => number): () => void;
  /** A thread gave so many bytes away by itself. */
  gave?(bytes: number): void;
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
    lookUp: (roots) => whole.lookUp?.(roots),
    async list(root) {
      const list = await whole.list(root);
      return list ?? growing()?.list(root) ?? null;
    },
    async chunk(root, index, room) {
      const chunk = await whole.chunk(root, index, room);
      return chunk ?? growing()?.chunk(root, index) ?? null;
    },
    file: (root) => whole.file?.(root) ?? null,
    small: (root) => whole.small?.(root) ?? null,
    turn(pass, rank) {
      if (whole.turn !== undefined) return whole.turn(pass, rank);
      pass();
      return () => undefined;
    },
    gave: (bytes) => whole.gave?.(bytes),
    map: (root) => growing()?.map(root) ?? null,
  };
}
