import type { SpaceId } from "#core/contract/ids.ts";
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

/** What is kept of a slice while the rest is read: numbers only, for there may be very many files. */
interface Slice {
  readonly contents: Int32Array;
  readonly sizes: Float64Array;
  readonly here: Uint8Array;
}

/** Slices after which new numbers are written down. */
const FLUSH_SLICES = 16;

/** Reads the files of a collection, others having their turn between slices; null when stopped. @throws `disk-full` */
export async function takeCensus(
  listing: Listing,
  ledger: Ledger,
  space: SpaceId,
  isStopped: () => boolean,
): Promise<Census | null> {
  const stamp = listing.stamp(space);
  const slices: Slice[] = [];
  let count = 0;
  for await (const files of listing.files(space)) {
    if (isStopped()) return null;
    slices.push(readSlice(files, ledger));
    count += files.length;
    if (slices.length % FLUSH_SLICES === 0) await ledger.flush();
    await breathe();
  }
  if (isStopped()) return null;
  await ledger.flush();
  const census = {
    stamp,
    count,
    contents: new Int32Array(count),
    sizes: new Float64Array(count),
    here: new Uint8Array(count),
  };
  let at = 0;
  for (const { contents, sizes, here } of slices) {
    census.contents.set(contents, at);
    census.sizes.set(sizes, at);
    census.here.set(here, at);
    at += contents.length;
  }
  return census;
}

function readSlice(files: readonly ListedContent[], ledger: Ledger): Slice {
  return {
    contents: ledger.numberAll(files.map(({ root }) => root)),
    sizes: Float64Array.from(files, ({ size }) => size),
    here: Uint8Array.from(files, ({ isHere }) => (isHere ? 1 : 0)),
  };
}
