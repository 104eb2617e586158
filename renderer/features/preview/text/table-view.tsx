/* oxlint-disable react/no-array-index-key -- a cell has no name but its place, and stays there */
import { useMemo, useRef, useState } from "react";
import { Table2, Text } from "lucide-react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { usePreviewKeys } from "#renderer/features/preview/preview-keys.ts";
import { Tools } from "#renderer/features/preview/tools.tsx";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import {
  readTable,
  type TextTable,
} from "#renderer/parts/media/text/read-table.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { isChord } from "#renderer/commands/keys.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { tableCutWords, tableWords } from "#renderer/words/table.ts";
import { ShownText } from "./text-view.tsx";
import { useText } from "./use-text.ts";
import "./table-view.css";

/** How far a key moves it. */
const STEP_PX = 120;

/** Rows of values (CSV, TSV) as a table, or as they were written. */
export function TableView(props: ViewProps) {
  const reading = useText(props);
  const [asText, setAsText] = useState(false);
  const text = reading.stage === "ready" ? reading.value : null;
  const table = useMemo(
    () => (text === null ? null : readTable(text.text, text.isCut)),
    [text],
  );
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (text === null) return <BrokenNotice {...props} />;
  if (table === null) return <ShownText {...props} text={text} />;
  if (asText)
    return (
      <ShownText
        {...props}
        text={text}
        more={
          <IconButton
            icon={Table2}
            label="As a table"
            onPress={() => setAsText(false)}
          />
        }
      />
    );
  return (
    <>
      <Page
        name={props.file.name}
        table={table}
        notShown={tableCutWords(table, text.isCut)}
      />
      <Tools label="Table">
        {!text.isCut && (
          <span className="tools__words">{tableWords(table)}</span>
        )}
        <IconButton
          icon={Text}
          label="As text"
          onPress={() => setAsText(true)}
        />
      </Tools>
    </>
  );
}

function Page(props: {
  readonly name: string;
  readonly table: TextTable;
  readonly notShown: string | null;
}) {
  const { head, rows, numbers } = props.table;
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(scroller);
  // Where there is more beside what is seen, these keys go there and not to the next file.
  usePreviewKeys((event) => {
    const page = scroller.current;
    if (page === null || page.scrollWidth <= page.clientWidth) return false;
    if (isChord(event, "ArrowLeft")) page.scrollBy({ left: -STEP_PX });
    else if (isChord(event, "ArrowRight")) page.scrollBy({ left: STEP_PX });
    else return false;
    return true;
  });
  const classOf = (at: number) =>
    cx("foreign", numbers[at] === true && "table-view__number");
  return (
    <div
      ref={scroller}
      className="page-view table-view"
      role="document"
      aria-label={props.name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
      tabIndex={0}
    >
      {props.notShown !== null && (
        <p className="table-view__note">{props.notShown}</p>
      )}
      <table>
        <thead>
          <tr>
            {head.map((cell, at) =>
              cell === "" ? (
                // Nothing is headed by nothing.
                <td key={at}>{cell}</td>
              ) : (
                <th key={at} scope="col" className={classOf(at)} dir="auto">
                  {cell}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} className={classOf(at)} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
