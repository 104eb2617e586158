import { useEffect, useRef, useState } from "react";
import {
  AnnotationMode,
  TextLayer,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";

/** Pixels of one canvas; a page on a very large screen is drawn a little less sharp instead. */
const CANVAS_PIXELS = 16_000_000;

interface Drawing {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly scale: number;
}

/** One page: its picture on a canvas, and its words over it, to be marked and read aloud. */
export function PdfPage(
  props: Drawing & {
    /** Words to mark, in small letters; empty for none. */
    readonly marked: string;
    readonly fallback: { readonly width: number; readonly height: number };
  },
) {
  const { document, number, scale, marked } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(props.fallback);
  const [isBroken, setBroken] = useState(false);
  // How often it was drawn: words are marked anew each time.
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (canvas.current === null || words.current === null) return;
    const run = drawPage(
      { document, number, scale },
      canvas.current,
      words.current,
    );
    run.size.then(
      (drawn) => {
        setSize(drawn);
        setCount((before) => before + 1);
      },
      () => setBroken(true),
    );
    return run.stop;
  }, [document, number, scale]);
  useEffect(() => {
    for (const span of words.current?.querySelectorAll("span") ?? [])
      span.classList.toggle(
        "pdf__found",
        marked !== "" && span.textContent.toLocaleLowerCase().includes(marked),
      );
  }, [marked, count]);
  return (
    <div
      className="pdf__page"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a page is no group of fields
      role="group"
      aria-label={`Page ${String(number)}`}
      style={{
        inlineSize: size.width * scale,
        blockSize: size.height * scale,
        "--total-scale-factor": scale,
      }}
    >
      <canvas ref={canvas} className="pdf__canvas" aria-hidden />
      <div ref={words} className="pdf__words foreign" />
      {isBroken && (
        <p className="pdf__broken">This page is damaged and cannot be drawn.</p>
      )}
    </div>
  );
}

/** Draws a page; `size` is in points, and fails when the page cannot be drawn. */
function drawPage(
  { document, number, scale }: Drawing,
  canvas: HTMLCanvasElement,
  words: HTMLDivElement,
): {
  readonly size: Promise<{ readonly width: number; readonly height: number }>;
  readonly stop: () => void;
} {
  let isOver = false;
  let cancel = () => {};
  const size = document.getPage(number).then(async (page) => {
    const natural = page.getViewport({ scale: 1 });
    const extent = { width: natural.width, height: natural.height };
    if (isOver) return extent;
    const pixels = natural.width * natural.height * scale * scale;
    const sharp = Math.min(
      devicePixelRatio,
      Math.sqrt(CANVAS_PIXELS / Math.max(1, pixels)),
    );
    const viewport = page.getViewport({ scale: scale * sharp });
    // Drawn beside what is seen, so that another size does not flash white.
    const fresh = new OffscreenCanvas(
      Math.max(1, Math.floor(viewport.width)),
      Math.max(1, Math.floor(viewport.height)),
    );
    const task = page.render({
      canvas: null,
      canvasContext: contextOf(fresh),
      viewport,
      // No forms, no links, no notes that run something.
      annotationMode: AnnotationMode.DISABLE,
    });
    cancel = () => task.cancel();
    await task.promise.catch((error: unknown) => {
      if (!isOver) throw error;
    });
    if (isOver) return extent;
    canvas.width = fresh.width;
    canvas.height = fresh.height;
    canvas.getContext("2d")?.drawImage(fresh, 0, 0);
    words.replaceChildren();
    const layer = new TextLayer({
      textContentSource: await page.getTextContent(),
      container: words,
      viewport: page.getViewport({ scale }),
    });
    await layer.render();
    page.cleanup();
    return extent;
  });
  return {
    size,
    stop: () => {
      isOver = true;
      cancel();
    },
  };
}

function contextOf(canvas: OffscreenCanvas): CanvasRenderingContext2D {
  const context: unknown = canvas.getContext("2d");
  if (!isContext(context)) throw new Error("nothing to draw on");
  return context;
}

/** Both kinds of context draw alike; only their canvases differ. */
function isContext(value: unknown): value is CanvasRenderingContext2D {
  return value instanceof OffscreenCanvasRenderingContext2D;
}
