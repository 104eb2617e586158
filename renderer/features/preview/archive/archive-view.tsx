import { useMemo, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { File, Folder, Lock } from "lucide-react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { Tools } from "#renderer/features/preview/tools.tsx";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { readArchive, type ArchiveList } from "./read-archive.ts";
import "./archive-view.css";

const ROW_PX = 40;
/** A name longer than this helps nobody to find a file. */
const NAME_CHARACTERS = 400;

/** What is in an archive: names and sizes, nothing unpacked. */
export function ArchiveView(props: ViewProps) {
  const { address, file } = props;
  const reading = useReading(address, (signal) =>
    readArchive(address, file.size, signal),
  );
  switch (reading.stage) {
    case "reading":
      return <ReadingNotice />;
    case "waiting":
      return <WaitingNotice {...props} isFull={reading.isFull} />;
    case "broken":
      return <BrokenNotice {...props} />;
    case "ready":
      return <Entries list={reading.value} />;
  }
}

function Entries(props: { readonly list: ArchiveList }) {
  const { list } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(scroller);
  const entries = useMemo(
    () => list.entries.toSorted((a, b) => a.name.localeCompare(b.name)),
    [list],
  );
  const files = entries.filter((entry) => !entry.isFolder);
  const bytes = files.reduce((sum, entry) => sum + entry.size, 0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
    paddingStart: 16,
    paddingEnd: 88,
  });
  return (
    <>
      <div
        ref={scroller}
        className="archive"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        tabIndex={0}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a list is no group of fields
        role="group"
        aria-label="Files in the archive"
      >
        <ul
          className="archive__all"
          style={{ blockSize: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((row) => {
            const entry = entries[row.index];
            if (entry === undefined) return null;
            const Icon = entry.isFolder ? Folder : entry.isLocked ? Lock : File;
            return (
              <li
                key={row.key}
                className="archive__row"
                aria-setsize={entries.length}
                aria-posinset={row.index + 1}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <Icon size={16} aria-hidden />
                <Foreign className="archive__name">
                  {entry.name.slice(-NAME_CHARACTERS)}
                </Foreign>
                <span className="archive__size">
                  {entry.isFolder ? "" : sizeWords(entry.size)}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      <Tools label="Archive">
        <span className="tools__words">
          {list.isCut
            ? `The first ${plural(entries.length, "entry", "entries")}`
            : `${plural(files.length, "file")}, ${sizeWords(bytes)} unpacked`}
        </span>
      </Tools>
    </>
  );
}
