import {
  CircleCheck,
  CircleAlert,
  CirclePause,
  Cloud,
  CloudAlert,
  CloudDownload,
  CloudOff,
  Hourglass,
  LoaderCircle,
  Pin,
  RefreshCw,
  RotateCw,
  Split,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type {
  CollectionItem,
  FileStage,
} from "#core/contract/collection-models.ts";
import { Thumbnail } from "#renderer/looks/thumbnail.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { awayKind } from "#renderer/words/file-copies.ts";
import { fileWords } from "#renderer/words/files.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { clashWords } from "#renderer/words/versions.ts";
import { foundIn } from "./found-in.ts";
import { ItemMenu } from "./item-menu.tsx";
import type { ItemActions } from "./use-item-actions.ts";

const AWAY_ICONS = {
  away: CloudDownload,
  "only-away": CloudAlert,
  nobody: CloudOff,
} as const;

export function StageIcon(props: { readonly state: FileStage }) {
  const { state } = props;
  const icons = {
    here: CircleCheck,
    away: state.stage === "away" ? AWAY_ICONS[awayKind(state)] : Cloud,
    damaged: CircleAlert,
    coming: LoaderCircle,
    waiting: Hourglass,
    paused: CirclePause,
    newer: RotateCw,
    changed: RefreshCw,
    failed: CircleAlert,
  } as const;
  const Icon = icons[state.stage];
  return <Icon size={16} aria-hidden />;
}

/** How much of a folder is here. */
function folderWords(
  item: Extract<CollectionItem, { kind: "folder" }>,
): string {
  if (item.kept) return "Always kept here";
  const { files, filesHere } = item;
  return filesHere > 0 && filesHere < files
    ? `${filesHere.toLocaleString("en")} of ${plural(files, "file")} here`
    : plural(files, "file");
}

/** One file or folder of a collection. */
export function FileRow(props: {
  readonly index: number;
  readonly item: CollectionItem | undefined;
  readonly top: number;
  /** The folder that is shown; what was found deeper in it says where. */
  readonly folder: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly actions: ItemActions;
  readonly onFocus: () => void;
  readonly onToggle: (path: string) => void;
}) {
  const { item, actions } = props;
  const place = {
    "aria-rowindex": props.index + 2,
    "data-index": props.index,
    style: { transform: `translateY(${props.top}px)` },
  } as const;
  if (item === undefined) {
    return (
      <tr {...place} className="table__row" aria-busy>
        <td colSpan={6}>
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
  const clash = item.kind === "file" ? item.clash : null;
  return (
    <tr
      {...place}
      className={cx("table__row", props.isSelected && "table__row--selected")}
      aria-selected={props.isSelected}
      tabIndex={props.isActive ? 0 : -1}
      onFocus={props.onFocus}
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
          <Press className="table__open" onPress={() => actions.open(item)}>
            <Foreign>{item.name}</Foreign>
          </Press>
          {found !== null && (
            <span className="table__note table__found">
              In <Foreign>{found}</Foreign>
            </span>
          )}
          {item.kind === "file" && item.savedAs !== null && (
            <span className="table__note">
              Saved as <Foreign>{item.savedAs}</Foreign>; the real name is kept
              for others
            </span>
          )}
          <span className="table__narrow">
            {found !== null && (
              <>
                In <Foreign>{found}</Foreign> ·{" "}
              </>
            )}
            {size} ·{" "}
            {clash === null ? (
              state
            ) : (
              <Press
                className="table__clash table__clash--small"
                onPress={() => actions.versions(item)}
              >
                {clashWords(clash)}
              </Press>
            )}
          </span>
        </span>
      </td>
      <td className="table__size">{size}</td>
      <td className="table__when">
        {item.kind === "file" && <Ago at={item.changedAt} />}
      </td>
      <td
        className={cx(
          "table__state",
          item.kind === "file" &&
            `table__state--${clash === null ? item.state.stage : "clash"}`,
        )}
      >
        {clash !== null ? (
          <Press
            className="table__clash"
            onPress={() => actions.versions(item)}
          >
            <Split size={16} aria-hidden />
            <span>{clashWords(clash)}</span>
          </Press>
        ) : (
          <>
            {item.kind === "file" && <StageIcon state={item.state} />}
            {item.kept && <Pin size={14} aria-hidden className="table__pin" />}
            <span>{state}</span>
          </>
        )}
      </td>
      <td className="table__more">
        <ItemMenu item={item} name={name} actions={actions} />
      </td>
    </tr>
  );
}
