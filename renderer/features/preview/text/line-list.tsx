import { useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { plural } from "#renderer/words/time.ts";
import type { TextLine } from "#renderer/parts/media/text/text-lines.ts";

const LINE_PX = 24;

/** Lines of a text, drawn as far as they are seen. */
export function LineList(props: {
  readonly lines: readonly TextLine[];
  readonly isMono: boolean;
  readonly label: string;
  readonly foot: string | null;
}) {
  const { lines, isMono } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(scroller);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 24,
  });
  return (
    <div
      ref={scroller}
      className={cx("lines", isMono && "lines--mono")}
      role="document"
      aria-label={props.label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
      tabIndex={0}
    >
      <div className="lines__all" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const line = lines[row.index];
          return (
            <div
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              className="lines__line"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <span className="lines__number" aria-hidden>
                {line?.head ?? row.index + 1}
              </span>
              <span className="lines__text foreign" dir="auto">
                {line?.text === "" ? "\u200b" : line?.text}
                {line !== undefined && line.cut > 0 && (
                  <span className="lines__cut">
                    {plural(line.cut, "more character")} in this line
                  </span>
                )}
              </span>
            </div>
          );
        })}
      </div>
      {props.foot !== null && <p className="lines__foot">{props.foot}</p>}
    </div>
  );
}
