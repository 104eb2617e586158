import { PDFDataRangeTransport } from "pdfjs-dist/legacy/build/pdf.mjs";
import { isCoreError } from "#core/contract/errors.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { after } from "#renderer/ui/clock.ts";

/** How often what nobody had, or had no room, is asked for again. */
const AGAIN_MS = 5_000;

/** What the bytes of a document wait for: somebody who has them, or room here. */
export type PdfWait = "people" | "room";

export interface RangeHearer {
  /** Some bytes have to be waited for; null when none have to any more. */
  readonly onWait: (wait: PdfWait | null) => void;
  /** Some bytes cannot be read, and will not be. */
  readonly onBroken: () => void;
}

/** Reads the ranges a document asks for, and waits for those that are away. */
export class PdfRanges extends PDFDataRangeTransport {
  readonly #address: string;
  readonly #stop = new AbortController();
  readonly #hearer: RangeHearer;
  /** Beginnings of the ranges that are waited for. */
  readonly #waiting = new Set<number>();

  constructor(address: string, size: number, hearer: RangeHearer) {
    super(size, null);
    this.#address = address;
    this.#hearer = hearer;
  }

  override requestDataRange(begin: number, end: number): void {
    readPart(this.#address, begin, end, this.#stop.signal).then(
      (bytes) => {
        this.#waiting.delete(begin);
        if (this.#waiting.size === 0) this.#hearer.onWait(null);
        this.onDataRange(begin, bytes);
      },
      (error: unknown) => {
        if (this.#stop.signal.aborted) return;
        const isFull = isCoreError(error, "disk-full");
        if (!isFull && !isCoreError(error, "file-away")) {
          this.#hearer.onBroken();
          return;
        }
        this.#waiting.add(begin);
        this.#hearer.onWait(isFull ? "room" : "people");
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
