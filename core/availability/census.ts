import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Ledger } from "./ledger.ts";
import type { ListedContent, Listing } from "./model.ts";

/** The files of one collection in short: a number, a size and a place for each, by path. */
export interface Census {
  readonly stamp: string;
  readonly count: number;
  /** Of the ledger. */
  readonly contents: Int32Array;
  /** Bytes. */
  readonly sizes: Float64Array;
  /** 1 for what is on this computer. */
  readonly here: Uint8Array;
}

/** Reads the files of a collection, others having their turn between slices; null when stopped. @throws `disk-full` */
export async function takeCensus(
  listing: Listing,
  ledger: Ledger,
  space: SpaceId,
  isStopped: () => boolean,
): Promise<Census | null> {
  const stamp = listing.stamp(space);
  const slices: { files: readonly ListedContent[]; numbers: Int32Array }[] = [];
  let count = 0;
  for await (const files of listing.files(space)) {
    if (isStopped()) return null;
    const roots: FileRoot[] = files.map(({ root }) => root);
    slices.push({ files, numbers: ledger.numberAll(roots) });
    count += files.length;
    await breathe();
  }
  if (isStopped()) return null;
  await ledger.flush();
  const contents = new Int32Array(count);
  const sizes = new Float64Array(count);
  const here = new Uint8Array(count);
  let at = 0;
  for (const { files, numbers } of slices) {
    contents.set(numbers, at);
    for (const { size, isHere } of files) {
      sizes[at] = size;
      here[at] = isHere ? 1 : 0;
      at++;
    }
  }
  return { stamp, count, contents, sizes, here };
}
