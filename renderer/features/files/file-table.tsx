import type { KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type {
  CollectionItem,
  CollectionPage,
} from "#core/contract/collection-models.ts";
import { FileRow } from "./file-row.tsx";
import { ProgramQuestion } from "#renderer/parts/media/program-question.tsx";
import { pressOnItem } from "./press-on-item.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useItemActions } from "./use-item-actions.ts";
import { useListingPlace } from "./use-listing-place.ts";
import type { FilesWork } from "./use-keeping.tsx";
import { chosenPaths, useSelection } from "./use-selection.ts";
import "./file-table.css";

const ROW_PX = 56;

/** The files of one folder as a table that can be any length. Arrow keys walk it, Space shows, Ctrl+Space selects, Enter opens. */
export function FileTable(props: {
  readonly page: CollectionPage;
  readonly search: string;
  readonly scroller: HTMLDivElement | null;
  readonly download: (paths: readonly string[]) => void;
  readonly keeping: FilesWork;
  readonly onInView: (index: number) => void;
}) {
  const { page, scroller, onInView } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { margin } = useListingPlace(scroller, body);
  const [active, setActive] = useState(0);
  const chosen = useSelection();
  const actions = useItemActions(
    page,
    props.search,
    props.download,
    props.keeping,
  );

  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: page.total,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: margin,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 16,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const rows = Array.from(
        { length: to - from + 1 },
        (_, place) => from + place,
      );
      // The row that holds the focus stays drawn.
      return active < from
        ? [active, ...rows]
        : active > to && active < count
          ? [...rows, active]
          : rows;
    },
    onChange: (instance) => onInView(instance.range?.startIndex ?? 0),
  });

  const itemAt = (index: number): CollectionItem | undefined =>
    page.items[index - page.first];
  const focusRow = (index: number) => {
    const next = Math.min(page.total - 1, Math.max(0, index));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      body.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"]`)
        ?.focus(),
    );
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + 10,
    PageUp: active - 10,
    Home: 0,
    End: page.total - 1,
  };
  const pathsOf = (path: string | undefined) =>
    chosenPaths(chosen.selection, page.folder, path);
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) =>
    pressOnItem(event, {
      active,
      itemAt,
      steps,
      focus: focusRow,
      chosen,
      pathsOf,
      download: props.download,
      actions,
    });

  return (
    <>
      <SelectionBar
        page={page}
        selection={chosen.selection}
        onDownload={() => {
          props.download(pathsOf(undefined));
          chosen.clear();
        }}
        onSaveCopy={() => props.keeping.saveCopy(pathsOf(undefined), null)}
        keeping={actions.keeping}
        paths={() => pathsOf(undefined)}
        onSelectAll={chosen.selectAll}
        onClear={chosen.clear}
      />
      <table
        className="table"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the grid pattern on a table
        role="grid"
        aria-label="Files"
        aria-multiselectable
        aria-rowcount={page.total + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1} className="table__head">
            <th scope="col">
              <span className="unseen">Selected</span>
            </th>
            <th scope="col">Name</th>
            <th scope="col">Size</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody
          ref={body}
          className="table__body"
          style={{ blockSize: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((row) => (
            <FileRow
              key={row.key}
              index={row.index}
              item={itemAt(row.index)}
              top={row.start - margin}
              folder={page.folder}
              showsPeople={page.row.writers.length > 0}
              isActive={row.index === active}
              isSelected={chosen.has(itemAt(row.index)?.path ?? "")}
              actions={actions}
              onFocus={setActive}
              onToggle={chosen.toggle}
            />
          ))}
        </tbody>
      </table>
      <ProgramQuestion
        asked={actions.asked}
        owner={page.row.owner}
        onClose={() => actions.ask(null)}
        onOpen={(item) => actions.openFile(item)}
      />
    </>
  );
}
