import { useEffect, useState } from "react";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useRested } from "#renderer/ui/clock.ts";

/** A document longer than this is searched this far. */
const MOST_PAGES = 5_000;
const REST_MS = 250;

export interface PdfFind {
  /** What is looked for, in small letters; empty for nothing. */
  readonly needle: string;
  /** Pages that hold it, from 1, as far as they were read. */
  readonly pages: readonly number[];
  readonly isDone: boolean;
  readonly look: (text: string) => void;
}

/** Looks for words in a document, page after page; what was found shows while the rest is read. */
export function usePdfFind(document: PDFDocumentProxy): PdfFind {
  const [needle, setNeedle] = useState("");
  const [found, setFound] = useState<{
    readonly needle: string;
    readonly pages: readonly number[];
    readonly isDone: boolean;
  }>({ needle: "", pages: [], isDone: true });
  const rested = useRested(REST_MS, (text: string) =>
    setNeedle(text.trim().toLocaleLowerCase()),
  );
  useEffect(() => {
    if (needle === "") return;
    let isOver = false;
    const read = async () => {
      const pages: number[] = [];
      const last = Math.min(document.numPages, MOST_PAGES);
      for (let number = 1; number <= last && !isOver; number++) {
        const page = await document.getPage(number);
        const { items } = await page.getTextContent();
        const text = items
          .map((item) => ("str" in item ? item.str : ""))
          .join("")
          .toLocaleLowerCase();
        if (text.includes(needle)) pages.push(number);
        const isDone = number === last;
        if (!isOver && (isDone || number % 10 === 0))
          setFound({ needle, pages: [...pages], isDone });
      }
    };
    read().catch(() => {
      // A page that cannot be read ends the search; what was found stays.
      if (!isOver) setFound((before) => ({ ...before, isDone: true }));
    });
    return () => {
      isOver = true;
    };
  }, [document, needle]);
  const isNow = found.needle === needle;
  return {
    needle,
    pages: isNow && needle !== "" ? found.pages : [],
    isDone: isNow && found.isDone,
    look: rested.change,
  };
}
