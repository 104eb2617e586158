import {
  getDocument,
  PDFDataRangeTransport,
  PDFWorker,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { isCoreError } from "#core/contract/errors.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { after } from "#renderer/ui/clock.ts";
import { startOwnWorker } from "#renderer/ui/own-worker.ts";
import { decoderFolder, PdfParts, workerAddress } from "./pdf-parts.ts";

const AGAIN_MS = 5_000;
/** Parts of a document are read in pieces of this size. */
const PIECE_BYTES = 256 * 1024;
/** Pictures inside of a document, in pixels; more is left white. */
const INNER_PIXELS = 60_000_000;

export interface OpenPdf {
  readonly document: Promise<PDFDocumentProxy>;
  readonly close: () => void;
}

/** Reads the ranges a document asks for, and waits for those that are away. */
class Ranges extends PDFDataRangeTransport {
  readonly #address: string;
  readonly #stop = new AbortController();
  readonly #onWait: (isWaiting: boolean) => void;

  constructor(
    address: string,
    size: number,
    onWait: (isWaiting: boolean) => void,
  ) {
    super(size, null);
    this.#address = address;
    this.#onWait = onWait;
  }

  override requestDataRange(begin: number, end: number): void {
    readPart(this.#address, begin, end, this.#stop.signal).then(
      (bytes) => {
        this.#onWait(false);
        this.onDataRange(begin, bytes);
      },
      (error: unknown) => {
        if (this.#stop.signal.aborted) return;
        this.#onWait(isCoreError(error, "file-away"));
        after(AGAIN_MS, () => {
          if (!this.#stop.signal.aborted) this.requestDataRange(begin, end);
        });
      },
    );
  }

  override abort(): void {
    this.#stop.abort();
  }
}

/**
 * Opens a document in a worker of its own: no scripts, no forms, no links, no
 * files inside of it, and nothing read but its own bytes and parts of the app.
 *
 * @param onWait called when bytes are away, and when they have come
 */
export function openPdf(
  address: string,
  size: number,
  onWait: (isWaiting: boolean) => void,
): OpenPdf {
  const thread = startOwnWorker(workerAddress);
  const worker = PDFWorker.create({ port: thread, verbosity: 0 });
  const range = new Ranges(address, size, onWait);
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
