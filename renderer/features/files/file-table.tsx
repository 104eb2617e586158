import type { KeyboardEvent } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { isChord } from "#renderer/commands/keys.ts";
import type {
  CollectionItem,
  CollectionPage,
} from "#core/contract/collection-models.ts";
import { FileRow } from "./file-row.tsx";
import { ProgramQuestion } from "#renderer/parts/media/program-question.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useItemActions } from "./use-item-actions.ts";
import type { CollectionKeeping } from "./use-keeping.tsx";
import { chosenPaths, useSelection } from "./use-selection.ts";
import "./file-table.css";

const ROW_PX = 56;

/** The files of one folder as a table that can be any length. Arrow keys walk it, Space shows, Ctrl+Space selects, Enter opens. */
export function FileTable(props: {
  readonly page: CollectionPage;
  readonly search: string;
  readonly scroller: HTMLDivElement | null;
  readonly download: (paths: readonly string[]) => void;
  readonly keeping: CollectionKeeping;
  readonly onInView: (index: number) => void;
}) {
  const { page, scroller, onInView } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(0);
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

  useLayoutEffect(() => {
    const box = scroller;
    const rows = body.current;
    if (box === null || rows === null) return;
    const look = () =>
      setMargin(
        Math.round(
          rows.getBoundingClientRect().top -
            box.getBoundingClientRect().top +
            box.scrollTop,
        ),
      );
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    if (rows.parentElement?.parentElement)
      observer.observe(rows.parentElement.parentElement);
    return () => observer.disconnect();
  }, [scroller]);

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
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const press = event.nativeEvent;
    const item = itemAt(active);
    const isOnRow =
      event.target instanceof HTMLElement &&
      event.target.dataset["index"] !== undefined;
    const next = steps[press.key];
    if (isChord(press, "Mod+A")) chosen.selectAll();
    else if (isChord(press, "Mod+D")) {
      const paths = pathsOf(item);
      if (paths.length > 0) props.download(paths);
    } else if (
      isOnRow &&
      item !== undefined &&
      actions.keeping !== null &&
      isChord(press, "P")
    )
      actions.keeping.keep(pathsOf(item), !item.kept);
    else if (actions.keeping !== null && isChord(press, "Mod+Backspace")) {
      const paths = pathsOf(item);
      if (paths.length > 0) actions.keeping.free(paths);
    } else if (isChord(press, "Mod+Shift+R") && item !== undefined)
      actions.show(item);
    else if (press.key === "Escape" && !chosen.isEmpty) chosen.clear();
    else if (next !== undefined && !press.ctrlKey && !press.altKey) {
      if (press.shiftKey && item !== undefined) chosen.add(item.path);
      const target = itemAt(next);
      if (press.shiftKey && target !== undefined) chosen.add(target.path);
      focusRow(next);
    } else if (item !== undefined && isChord(press, "Mod+Enter"))
      actions.openElsewhere(item);
    else if (isOnRow && item !== undefined && press.key === "Enter")
      actions.open(item);
    else if (isOnRow && item?.kind === "file" && isChord(press, "V"))
      actions.versions(item);
    else if (isOnRow && item?.kind === "file" && isChord(press, "Space"))
      actions.view(item);
    else if (isOnRow && item !== undefined && press.key === " ")
      chosen.toggle(item.path);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pathsOf = (item: CollectionItem | undefined) =>
    chosenPaths(chosen.selection, page.folder, item?.path);

  return (
    <>
      <SelectionBar
        page={page}
        selection={chosen.selection}
        onDownload={() => {
          props.download(pathsOf(undefined));
          chosen.clear();
        }}
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
