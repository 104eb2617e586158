import { useEffect, useRef, useState } from "react";
import { Minus, MoveHorizontal, Plus, Search } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PREVIEW_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { isChord, keyWords } from "#renderer/commands/keys.ts";
import { usePreviewKeys } from "#renderer/features/preview/preview-keys.ts";
import {
  BrokenNotice,
  LargeNotice,
  ReadingNotice,
  waitingLine,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { Tools } from "#renderer/features/preview/tools.tsx";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { PageNumber } from "./page-number.tsx";
import { PdfFindBar } from "./pdf-find.tsx";
import { PdfPage } from "./pdf-page.tsx";
import { usePdf } from "./use-pdf.ts";
import { usePdfFind } from "./use-pdf-find.ts";
import "./pdf-view.css";

const GAP_PX = 16;
/** A page fills the window, but is not blown up on a wide one. */
const WIDE_PX = 900;

/** A PDF document, drawn page by page. */
export function PdfView(props: ViewProps) {
  return props.file.size > PREVIEW_BYTES ? (
    <LargeNotice {...props} />
  ) : (
    <Opened {...props} />
  );
}

function Opened(props: ViewProps) {
  const { state, waitsFor } = usePdf(props.address, props.file.size);
  switch (state.stage) {
    case "reading":
      return waitsFor === null ? (
        <ReadingNotice />
      ) : (
        <WaitingNotice {...props} isFull={waitsFor === "room"} />
      );
    case "broken":
      return <BrokenNotice {...props} />;
    case "locked":
      return (
        <BrokenNotice
          {...props}
          words="This document is locked with a password."
        />
      );
    case "ready":
      return (
        <>
          {waitsFor !== null && (
            // The pages that are here can be read meanwhile.
            <output className="pdf__waiting">
              {waitingLine(props.file, waitsFor === "room")}
            </output>
          )}
          <Pages document={state.document} first={state.first} />
        </>
      );
  }
}

function Pages(props: {
  readonly document: PDFDocumentProxy;
  readonly first: { readonly width: number; readonly height: number };
}) {
  const { document, first } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(scroller);
  const [room, setRoom] = useState(WIDE_PX);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => setRoom(element.clientWidth);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const fit = Math.max(0.1, Math.min(room - 48, WIDE_PX) / first.width);
  const scale = chosen ?? fit;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: () => first.height * scale + GAP_PX,
    overscan: 1,
    paddingStart: GAP_PX,
    paddingEnd: 80,
  });
  useEffect(() => virtual.measure(), [virtual, scale]);
  const middle = (virtual.scrollOffset ?? 0) + 200;
  const shown = virtual.getVirtualItems();
  const at = (shown.findLast((row) => row.start <= middle)?.index ?? 0) + 1;
  const by = (factor: number) =>
    setChosen(Math.min(6, Math.max(0.1, scale * factor)));
  const find = usePdfFind(document);
  const [isFinding, setFinding] = useState(false);
  const go = (page: number) =>
    virtual.scrollToIndex(page - 1, { align: "start" });
  const closeFind = () => {
    setFinding(false);
    find.look("");
    scroller.current?.focus();
  };
  usePreviewKeys((event) => {
    if (isChord(event, "Mod+F")) {
      setFinding(true);
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "+" || event.key === "=") by(1.2);
    else if (event.key === "-") by(1 / 1.2);
    else if (event.key === "0") setChosen(null);
    else return false;
    return true;
  });
  return (
    <>
      <div
        ref={scroller}
        className="pdf"
        role="document"
        aria-label="Pages"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        tabIndex={0}
      >
        <div
          className="pdf__pages"
          style={{
            blockSize: virtual.getTotalSize(),
            minInlineSize: first.width * scale + 32,
          }}
        >
          {shown.map((row) => (
            <div
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              className="pdf__place"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <PdfPage
                document={document}
                number={row.index + 1}
                scale={scale}
                fallback={first}
                marked={find.needle}
              />
            </div>
          ))}
        </div>
      </div>
      {isFinding && (
        <PdfFindBar find={find} at={at} onGo={go} onClose={closeFind} />
      )}
      <Tools label="Pages and size">
        <PageNumber at={at} of={document.numPages} onGo={go} />
        <IconButton
          icon={Minus}
          label="Smaller"
          keys="-"
          onPress={() => by(1 / 1.2)}
        />
        <IconButton
          icon={Plus}
          label="Larger"
          keys="+"
          onPress={() => by(1.2)}
        />
        <IconButton
          icon={MoveHorizontal}
          label="Fit in the window"
          keys="0"
          pressed={chosen === null}
          onPress={() => setChosen(null)}
        />
        <IconButton
          icon={Search}
          label="Find in this document"
          keys={keyWords("Mod+F")}
          pressed={isFinding}
          onPress={() => {
            if (isFinding) closeFind();
            else setFinding(true);
          }}
        />
      </Tools>
    </>
  );
}
