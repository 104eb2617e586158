import { Reader, ZipReader } from "@zip.js/zip.js/lib/zip-core-external.js";
import { PREVIEW_ENTRIES } from "#renderer/parts/media/preview-limits.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";

/** The list of an archive is read whole; a claim beyond this is no list. */
const LIST_BYTES = 48 * 1024 * 1024;

export interface ArchiveEntry {
  /** With folders before it; a claim that names no place on this computer. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Unpacked, as the archive says. */
  readonly size: number;
  readonly packed: number;
  readonly isLocked: boolean;
}

export interface ArchiveList {
  readonly entries: readonly ArchiveEntry[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** Reads an archive by parts of the file, so that one of many gigabytes is listed in a moment. */
class Ranges extends Reader<string> {
  readonly #address: string;
  readonly #signal: AbortSignal;

  constructor(address: string, size: number, signal: AbortSignal) {
    super(address);
    this.#address = address;
    this.#signal = signal;
    this.size = size;
  }

  override async readUint8Array(
    start: number,
    length: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (length > LIST_BYTES) throw new Error("no such list");
    const end = Math.min(this.size, start + length);
    return await readPart(this.#address, start, end, this.#signal);
  }
}

/** What is in a zip archive, by its own list. Nothing is unpacked, no archive in it is opened. */
export async function readArchive(
  address: string,
  size: number,
  signal: AbortSignal,
): Promise<ArchiveList> {
  const reader = new ZipReader(new Ranges(address, size, signal));
  const entries: ArchiveEntry[] = [];
  for await (const entry of reader.getEntriesGenerator({
    // Whatever a list claims is shown as it is; nothing of it becomes a place on this disk.
    strictness: "tolerant",
    filenameValidation: "tolerant",
  })) {
    if (entries.length === PREVIEW_ENTRIES) return { entries, isCut: true };
    entries.push({
      name: entry.filename,
      isFolder: entry.directory,
      size: entry.uncompressedSize,
      packed: entry.compressedSize,
      isLocked: entry.encrypted,
    });
  }
  return { entries, isCut: false };
}
