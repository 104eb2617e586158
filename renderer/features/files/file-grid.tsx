import type { KeyboardEvent } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { CollectionPage } from "#core/contract/collection-models.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { ProgramQuestion } from "#renderer/parts/media/program-question.tsx";
import { FileTile } from "./file-tile.tsx";
import { pressOnItem } from "./press-on-item.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useItemActions } from "./use-item-actions.ts";
import { useListingPlace } from "./use-listing-place.ts";
import type { FilesWork } from "./use-keeping.tsx";
import { chosenPaths, useSelection } from "./use-selection.ts";
import "./file-grid.css";

/** The least width of a tile (two beside each other on a telephone), the space between two, and what stands below its picture. */
const TILE_PX = 160;
const GAP_PX = 16;
const FOOT_PX = 60;

/** The files of one folder as tiles, any number of them. Arrow keys walk them, Space shows, Ctrl+Space selects, Enter opens. */
export function FileGrid(props: {
  readonly page: CollectionPage;
  readonly search: string;
  readonly scroller: HTMLDivElement | null;
  readonly download: (paths: readonly string[]) => void;
  readonly keeping: FilesWork;
  readonly onInView: (index: number) => void;
}) {
  const { page, scroller, onInView } = props;
  const body = useRef<HTMLDivElement>(null);
  const place = useListingPlace(scroller, body);
  const [active, setActive] = useState(0);
  const { search, download, keeping } = props;
  const actions = useItemActions(page, search, download, keeping);
  const chosen = useSelection();
  const pathsOf = (path: string | undefined) =>
    chosenPaths(chosen.selection, page.folder, path);

  const columns = Math.max(
    1,
    Math.floor((place.width + GAP_PX) / (TILE_PX + GAP_PX)),
  );
  const tile = (place.width - GAP_PX * (columns - 1)) / columns;
  const rowPx = Math.round(tile * 0.75) + FOOT_PX + GAP_PX;
  const rows = Math.ceil(page.total / columns);

  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: place.width === 0 ? 0 : rows,
    getScrollElement: () => scroller,
    estimateSize: () => rowPx,
    overscan: 3,
    scrollMargin: place.margin,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 16,
    onChange: (instance) =>
      onInView((instance.range?.startIndex ?? 0) * columns),
  });
  useLayoutEffect(() => virtual.measure(), [virtual, rowPx]);

  const itemAt = (index: number) => page.items[index - page.first];
  const focusTile = (index: number) => {
    const next = Math.min(page.total - 1, Math.max(0, index));
    setActive(next);
    virtual.scrollToIndex(Math.floor(next / columns));
    requestAnimationFrame(() =>
      body.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"]`)
        ?.focus(),
    );
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: active + 1,
    ArrowLeft: active - 1,
    ArrowDown: active + columns,
    ArrowUp: active - columns,
    PageDown: active + 4 * columns,
    PageUp: active - 4 * columns,
    Home: 0,
    End: page.total - 1,
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) =>
    pressOnItem(event, {
      active,
      itemAt,
      steps,
      focus: focusTile,
      chosen,
      pathsOf,
      download,
      actions,
    });

  return (
    <>
      <SelectionBar
        page={page}
        selection={chosen.selection}
        onDownload={() => {
          download(pathsOf(undefined));
          chosen.clear();
        }}
        onSaveCopy={() => keeping.saveCopy(pathsOf(undefined), null)}
        keeping={actions.keeping}
        paths={() => pathsOf(undefined)}
        onSelectAll={chosen.selectAll}
        onClear={chosen.clear}
      />
      <div
        ref={body}
        className={cx("tiles", !chosen.isEmpty && "tiles--choosing")}
        role="grid"
        aria-label="Files"
        aria-rowcount={rows}
        aria-multiselectable
        tabIndex={-1}
        style={{ blockSize: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a grid that is laid out is no table
            role="row"
            aria-rowindex={row.index + 1}
            className="tiles__row"
            style={{
              transform: `translateY(${row.start - place.margin}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {Array.from(
              {
                length: Math.min(columns, page.total - row.index * columns),
              },
              (_, column) => row.index * columns + column,
            ).map((index) => (
              <FileTile
                key={index}
                index={index}
                item={itemAt(index)}
                isActive={index === active}
                isSelected={chosen.has(itemAt(index)?.path ?? "")}
                actions={actions}
                onToggle={chosen.toggle}
                onFocus={setActive}
              />
            ))}
          </div>
        ))}
      </div>
      <ProgramQuestion
        asked={actions.asked}
        owner={page.row.owner}
        onClose={() => actions.ask(null)}
        onOpen={(item) => actions.openFile(item)}
      />
    </>
  );
}
