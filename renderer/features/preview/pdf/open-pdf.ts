import {
  getDocument,
  PDFWorker,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { startOwnWorker } from "#renderer/ui/own-worker.ts";
import { PdfRanges, type RangeHearer } from "./pdf-ranges.ts";
import { decoderFolder, PdfParts, workerAddress } from "./pdf-parts.ts";

/** Parts of a document are read in pieces of this size. */
const PIECE_BYTES = 256 * 1024;
/** Pictures inside of a document, in pixels; more is left white. */
const INNER_PIXELS = 60_000_000;

export interface OpenPdf {
  readonly document: Promise<PDFDocumentProxy>;
  readonly close: () => void;
}

/**
 * Opens a document in a worker of its own: no scripts, no forms, no links, no
 * files inside of it, and nothing read but its own bytes and parts of the app.
 */
export function openPdf(
  address: string,
  size: number,
  hearer: RangeHearer,
): OpenPdf {
  const thread = startOwnWorker(workerAddress);
  const worker = PDFWorker.create({ port: thread, verbosity: 0 });
  const range = new PdfRanges(address, size, hearer);
  const task = getDocument({
    range,
    worker,
    rangeChunkSize: PIECE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    // The page's policy allows no code made at run time, WebAssembly included.
    useWasm: false,
    wasmUrl: decoderFolder(),
    useWorkerFetch: false,
    cMapUrl: "parts/",
    standardFontDataUrl: "parts/",
    BinaryDataFactory: PdfParts,
    maxImageSize: INNER_PIXELS,
    isImageDecoderSupported: false,
    verbosity: 0,
  });
  return {
    document: task.promise,
    close: () => {
      range.abort();
      task
        .destroy()
        .catch(() => {})
        .finally(() => {
          worker.destroy();
          thread.terminate();
        });
    },
  };
}
