import { useEffect, useState } from "react";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { openPdf } from "./open-pdf.ts";
import type { PdfWait } from "./pdf-ranges.ts";

export type PdfState =
  | { readonly stage: "reading" | "locked" | "broken" }
  | {
      readonly stage: "ready";
      readonly document: PDFDocumentProxy;
      /** Width and height of the first page, in points; most of the others are like it. */
      readonly first: { readonly width: number; readonly height: number };
    };

/** A document, open as long as the component stands. */
export function usePdf(
  address: string,
  size: number,
): { readonly state: PdfState; readonly waitsFor: PdfWait | null } {
  const [state, setState] = useState<PdfState>({ stage: "reading" });
  const [waitsFor, setWaitsFor] = useState<PdfWait | null>(null);
  useEffect(() => {
    let isOver = false;
    const opened = openPdf(address, size, {
      onWait(wait) {
        if (!isOver) setWaitsFor(wait);
      },
      onBroken() {
        if (!isOver) setState({ stage: "broken" });
      },
    });
    const read = async () => {
      const document = await opened.document;
      const page = await document.getPage(1);
      const { width, height } = page.getViewport({ scale: 1 });
      if (!isOver)
        setState({ stage: "ready", document, first: { width, height } });
    };
    read().catch((error: unknown) => {
      const isLocked =
        error instanceof Error && error.name === "PasswordException";
      if (!isOver) setState({ stage: isLocked ? "locked" : "broken" });
    });
    return () => {
      isOver = true;
      opened.close();
    };
  }, [address, size]);
  return { state, waitsFor };
}
