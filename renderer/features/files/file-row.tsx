import { memo } from "react";
import { Button as Press } from "react-aria-components";
import type { CollectionItem } from "#core/contract/collection-models.ts";
import { Thumbnail } from "#renderer/looks/thumbnail.tsx";
import { FileTitle } from "#renderer/parts/media/file-title.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { TabOrder } from "#renderer/ui/tab-order.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { fileWords } from "#renderer/words/files.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { clashWords } from "#renderer/words/versions.ts";
import { folderWords, ItemState } from "./file-state.tsx";
import { foundIn } from "./found-in.ts";
import { isSameEntry } from "./is-same-entry.ts";
import { ItemMenu } from "./item-menu.tsx";
import type { FileItem, ItemActions } from "./use-item-actions.ts";

interface FileRowProps {
  readonly index: number;
  readonly item: CollectionItem | undefined;
  readonly top: number;
  /** The folder that is shown; what was found deeper in it says where. */
  readonly folder: string;
  /** Several people change things here: each file says who did. */
  readonly showsPeople: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly actions: ItemActions;
  readonly onFocus: (index: number) => void;
  readonly onToggle: (path: string) => void;
}

/** One file or folder of a collection; drawn again only when it is another one, since lists are scrolled sixty times a second. */
export const FileRow = memo(PlainFileRow, isSameEntry);

function PlainFileRow(props: FileRowProps) {
  const { item, actions } = props;
  const place = {
    "aria-rowindex": props.index + 2,
    "data-index": props.index,
    style: { transform: `translateY(${props.top}px)` },
  } as const;
  if (item === undefined) {
    return (
      <tr
        {...place}
        className="table__row"
        aria-busy
        // A key may lead to a row before what stands in it is here.
        tabIndex={props.isActive ? 0 : -1}
      >
        <td colSpan={5}>
          <span className="table__blank" />
          <span className="unseen">Reading…</span>
        </td>
      </tr>
    );
  }
  const name = foreignLine(item.name);
  const found = foundIn(item.path, props.folder);
  const size =
    item.kind === "file" ? sizeWords(item.size) : sizeWords(item.bytes);
  const state =
    item.kind === "file"
      ? fileWords(item.state, item.size, undefined, item.kept)
      : folderWords(item);
  const isComing = item.kind === "file" && item.state.stage === "coming";
  const clash = item.kind === "file" ? item.clash : null;
  return (
    <TabOrder value={props.isActive}>
      <tr
        {...place}
        className={cx("table__row", props.isSelected && "table__row--selected")}
        aria-selected={props.isSelected}
        tabIndex={props.isActive ? 0 : -1}
        onFocus={() => props.onFocus(props.index)}
        onDoubleClick={() => actions.open(item)}
      >
        <td className="table__tick">
          <Checkbox
            label={`Select ${name}`}
            on={props.isSelected}
            onChange={() => props.onToggle(item.path)}
          />
        </td>
        <td className="table__name">
          <Thumbnail
            mediaType={item.kind === "folder" ? "folder" : item.mediaType}
            look={item.kind === "folder" ? null : item.look}
            size="row"
          />
          <span className="table__words">
            <Press
              className="table__open"
              excludeFromTabOrder={!props.isActive}
              onPress={() => actions.open(item)}
            >
              <FileTitle name={item.name} />
            </Press>
            {found !== null && (
              <span className="table__note table__found">
                In <Foreign>{found}</Foreign>
              </span>
            )}
            {item.kind === "file" && item.savedAs !== null && (
              <span className="table__note">
                Saved as <Foreign>{item.savedAs}</Foreign>; the real name is
                kept for others
              </span>
            )}
            {item.kind === "file" &&
              found === null &&
              item.savedAs === null && (
                <span className="table__note table__under">
                  <When item={item} showsPeople={props.showsPeople} />
                </span>
              )}
            <span className="table__narrow">
              {found !== null && (
                <>
                  In <Foreign>{found}</Foreign> ·{" "}
                </>
              )}
              {!isComing && `${size} · `}
              {clash === null ? (
                state
              ) : (
                <Press
                  className="table__clash table__clash--small"
                  excludeFromTabOrder={!props.isActive}
                  onPress={() => actions.versions(item)}
                >
                  {clashWords(clash)}
                </Press>
              )}
            </span>
          </span>
        </td>
        <td className="table__size">{size}</td>
        <td
          className={cx(
            "table__state",
            item.kind === "file" &&
              `table__state--${clash === null ? item.state.stage : "clash"}`,
          )}
        >
          <ItemState item={item} actions={actions} />
        </td>
        <td className="table__more">
          <ItemMenu item={item} name={name} actions={actions} />
        </td>
      </tr>
    </TabOrder>
  );
}

/** When a file was changed, and by whom where several people do. */
function When(props: {
  readonly item: FileItem;
  readonly showsPeople: boolean;
}) {
  const { changedAt, changedBy } = props.item;
  return (
    <>
      <Ago at={changedAt} />
      {props.showsPeople && (
        <>
          {" · "}
          {changedBy.isMe ? "You" : <Foreign>{changedBy.name}</Foreign>}
        </>
      )}
    </>
  );
}
