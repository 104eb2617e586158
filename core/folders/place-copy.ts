import { constants, copyFile, rm } from "node:fs/promises";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { codeOf } from "#core/base/system-error.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";

/** A whole file beside the folder it is for. */
interface WholeCopy {
  readonly file: ListedFile;
  /** Absolute. */
  readonly temp: string;
  readonly list: Buffer;
}

/** `NotPlaced` says what could not be placed, and why. */
export interface PlaceCopyParts<NotPlaced> {
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly folder: {
    newTemp(): string;
    place(copies: readonly WholeCopy[]): Promise<readonly NotPlaced[]>;
  };
}

/**
 * Puts a copy of content that lies elsewhere on this computer in place, so that
 * it need not come from anybody (FI9). The copy is verified, not its source.
 * @returns what could not be placed; null when there is nothing to copy
 * @throws `disk-full`, or the reason of the signal
 */
export async function placeCopy<NotPlaced>(
  { holdings, hasher, folder }: PlaceCopyParts<NotPlaced>,
  file: ListedFile,
  signal: AbortSignal,
): Promise<readonly NotPlaced[] | null> {
  // Nearly always there is none, and this asks for less.
  if (!holdings.has(file.root)) return null;
  for (const holding of holdings.find(file.root)) {
    if (holding.size !== file.size) continue;
    if ((await holdings.verifyFresh(holding)) !== "fresh") continue;
    const temp = folder.newTemp();
    try {
      await copyFile(holding.absolutePath, temp, constants.COPYFILE_FICLONE);
      const copied = await hasher.hashFile(temp, { signal });
      if (copied.root !== file.root) continue;
      return await folder.place([{ file, temp, list: copied.list }]);
    } catch (error) {
      signal.throwIfAborted();
      if (isFull(error)) throw new CoreError("disk-full", {}, error);
      // The other file went away or may not be read: it comes from elsewhere.
    } finally {
      await rm(temp, { force: true });
    }
  }
  return null;
}

function isFull(error: unknown): boolean {
  return (
    isCoreError(error, "disk-full") ||
    ["ENOSPC", "EDQUOT"].includes(codeOf(error))
  );
}
