import { useMemo, useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Choices } from "#renderer/ui/choices.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { plural } from "#renderer/words/time.ts";
import type { CompareProps } from "./compared-file.ts";
import { CompareNotice } from "./compare-notice.tsx";
import { DiffRowView } from "./diff-row-view.tsx";
import type { Difference } from "./diff-rows.ts";
import { foldedRows } from "./folded-rows.ts";
import { useComparedTexts } from "./use-compared-texts.ts";
import "./text-comparison.css";

const ROW_PX = 24;

/** Two texts, side by side or one in the other, with what differs marked by sign and colour. */
export function TextComparison(props: CompareProps) {
  const reading = useComparedTexts(props);
  switch (reading.stage) {
    case "reading":
      return <Skeleton shape="line" label="Comparing…" />;
    case "waiting":
    case "broken":
      return <CompareNotice reading={reading} />;
    case "ready":
      return <Compared {...props} difference={reading.value} />;
  }
}

/** Beside each other, two columns of a telephone would be a word wide. */
function firstLook(): "beside" | "inline" {
  return window.matchMedia("(max-width: 40rem)").matches ? "inline" : "beside";
}

function Compared(props: CompareProps & { readonly difference: Difference }) {
  const { rows, isExact } = props.difference;
  const [look, setLook] = useState<"beside" | "inline">(firstLook);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => foldedRows(rows, open), [rows, open]);
  // Where each run of differences begins, for the two arrows.
  const starts = useMemo(
    () =>
      shown.flatMap((one, place) => {
        const last = shown[place - 1];
        const isStart = last?.kind !== "row" || last.row.same;
        return one.kind === "row" && !one.row.same && isStart ? [place] : [];
      }),
    [shown],
  );
  const [at, setAt] = useState(-1);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  const step = (by: 1 | -1) => {
    const next = Math.min(starts.length - 1, Math.max(0, at + by));
    const row = starts[next];
    if (row === undefined) return;
    setAt(next);
    virtual.scrollToIndex(row, { align: "center" });
  };
  return (
    <div className="compare">
      <div className="compare__bar">
        <Choices
          label="How to show it"
          value={look}
          choices={[
            { id: "beside", words: "Side by side" },
            { id: "inline", words: "One text" },
          ]}
          onChange={setLook}
        />
        <div className="compare__steps">
          <span className="compare__count">
            {starts.length === 0
              ? "No differences"
              : plural(starts.length, "difference")}
          </span>
          <IconButton
            icon={ArrowUp}
            label="Previous difference"
            disabled={starts.length === 0}
            onPress={() => step(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label="Next difference"
            disabled={starts.length === 0}
            onPress={() => step(1)}
          />
        </div>
      </div>
      {!isExact && (
        <p className="compare__note">
          These two are too different to be compared line by line. They stand
          beside each other as they are.
        </p>
      )}
      <div className={cx("compare__names", `compare__names--${look}`)}>
        <p>
          {look === "inline" && <span aria-hidden>− </span>}
          <Foreign>{props.before.label}</Foreign>
        </p>
        <p>
          {look === "inline" && <span aria-hidden>+ </span>}
          <Foreign>{props.after.label}</Foreign>
        </p>
      </div>
      <div
        ref={scroller}
        className="compare__lines"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- lines are no group of fields
        role="group"
        aria-label="Differences"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        tabIndex={0}
      >
        <div
          className="compare__all"
          style={{ blockSize: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((row) => {
            const one = shown[row.index];
            return (
              <div
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                className="compare__place"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {one?.kind === "fold" ? (
                  <button
                    type="button"
                    className="compare__fold"
                    onClick={() =>
                      setOpen((before) => new Set(before).add(one.from))
                    }
                  >
                    Show {plural(one.count, "line")} that are alike
                  </button>
                ) : (
                  one !== undefined && <DiffRowView row={one.row} look={look} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
