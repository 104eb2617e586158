import type { Report } from "#core/transfers/transfer-run.ts";

/** One file that is being read. */
export interface OneFile {
  /** So many bytes of it are read. */
  readonly at: (done: number) => void;
  /** It is over, whatever came of it. */
  readonly end: () => void;
}

/** How far a reading of a folder is. */
export class PassProgress {
  readonly #report: Report;
  #files = 0;
  #bytes = 0;
  #doneFiles = 0;
  #doneBytes = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Files that were counted. */
  get files(): number {
    return this.#files;
  }

  /** There is one more to read. */
  count(size: number): void {
    this.#files++;
    this.#bytes += size;
  }

  /** There is one more to read, and nobody knows how many follow. */
  found(size: number): void {
    this.count(size);
    this.tellTotal();
  }

  tellTotal(): void {
    this.#report.total(this.#files, this.#bytes);
  }

  /** One needed no reading. */
  passed(size: number): void {
    this.#doneFiles++;
    this.#doneBytes += size;
    this.#tell();
  }

  begin(size: number): OneFile {
    let counted = 0;
    const at = (done: number): void => {
      if (done > counted) this.#report.moved(done - counted);
      this.#doneBytes += done - counted;
      counted = done;
      this.#tell();
    };
    return {
      at,
      end: () => {
        this.#doneBytes += size - counted;
        this.#doneFiles++;
        this.#tell();
      },
    };
  }

  #tell(): void {
    // The folder may have grown since it was counted.
    if (this.#doneFiles > this.#files || this.#doneBytes > this.#bytes) {
      this.#files = Math.max(this.#files, this.#doneFiles);
      this.#bytes = Math.max(this.#bytes, this.#doneBytes);
      this.tellTotal();
    }
    this.#report.done(this.#doneFiles, this.#doneBytes);
  }
}
