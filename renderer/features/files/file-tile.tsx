import { memo, useId } from "react";
import { Button as Press } from "react-aria-components";
import type { CollectionItem } from "#core/contract/collection-models.ts";
import { Thumbnail } from "#renderer/looks/thumbnail.tsx";
import { FileTitle } from "#renderer/parts/media/file-title.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { TabOrder } from "#renderer/ui/tab-order.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { fileWords } from "#renderer/words/files.ts";
import { lengthWords } from "#renderer/words/length.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { StageIcon } from "./file-state.tsx";
import { isSameEntry } from "./is-same-entry.ts";
import { ItemMenu } from "./item-menu.tsx";
import type { ItemActions } from "./use-item-actions.ts";

interface FileTileProps {
  readonly index: number;
  readonly item: CollectionItem | undefined;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly actions: ItemActions;
  readonly onToggle: (path: string) => void;
  readonly onFocus: (index: number) => void;
}

/** One file or folder of a collection, seen rather than read; drawn again only when it is another one. */
export const FileTile = memo(PlainFileTile, isSameEntry);

function PlainFileTile(props: FileTileProps) {
  const { item, actions } = props;
  const id = useId();
  if (item === undefined)
    return (
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a grid that is laid out is no table
        role="gridcell"
        className="file-tile"
        aria-busy
        data-index={props.index}
        // A key may lead to a tile before what stands in it is here.
        tabIndex={props.isActive ? 0 : -1}
      >
        <span className="file-tile__blank" />
        <span className="unseen">Reading…</span>
      </div>
    );
  const name = foreignLine(item.name);
  const state =
    item.kind === "file"
      ? fileWords(item.state, item.size, undefined, item.kept)
      : plural(item.files, "file");
  return (
    <TabOrder value={props.isActive}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a grid that is laid out is no table
        role="gridcell"
        className={cx("file-tile", props.isSelected && "file-tile--selected")}
        aria-selected={props.isSelected}
        data-index={props.index}
        tabIndex={props.isActive ? 0 : -1}
        aria-labelledby={id}
        onFocus={() => props.onFocus(props.index)}
      >
        <div className="file-tile__tick">
          <Checkbox
            label={`Select ${name}`}
            on={props.isSelected}
            onChange={() => props.onToggle(item.path)}
          />
        </div>
        {/* For the mouse; with the keys, Enter on the tile does the same. */}
        <Press
          className="file-tile__open"
          excludeFromTabOrder
          aria-label={`Open ${name}`}
          onPress={() => actions.open(item)}
        >
          <Thumbnail
            mediaType={item.kind === "folder" ? "folder" : item.mediaType}
            look={item.kind === "folder" ? null : item.look}
            size="tile"
          />
        </Press>
        <div className="file-tile__foot">
          <span className="file-tile__words" id={id} title={state}>
            <span className="file-tile__name">
              <FileTitle name={item.name} />
            </span>{" "}
            <span className="file-tile__facts">
              {item.kind === "file" && (
                <span className="file-tile__state">
                  <StageIcon state={item.state} size={item.size} />
                </span>
              )}
              {factsOf(item)}
              {item.kind === "file" && (
                <span className="unseen">, {state}</span>
              )}
            </span>
          </span>
          <ItemMenu item={item} name={name} actions={actions} />
        </div>
      </div>
    </TabOrder>
  );
}

function factsOf(item: CollectionItem): string {
  if (item.kind === "folder") return plural(item.files, "file");
  const length = item.look?.durationMs ?? null;
  const size = sizeWords(item.size);
  return length === null ? size : `${lengthWords(length)} · ${size}`;
}
