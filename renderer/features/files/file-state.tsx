import { use } from "react";
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  Cloud,
  CloudAlert,
  CloudDownload,
  CloudOff,
  Hourglass,
  Pause,
  Pin,
  Play,
  RefreshCw,
  RotateCw,
  Split,
  X,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type {
  CollectionItem,
  FileStage,
} from "#core/contract/collection-models.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Ring } from "#renderer/ui/ring.tsx";
import { TabOrder } from "#renderer/ui/tab-order.ts";
import { awayKind } from "#renderer/words/file-copies.ts";
import { fileWords } from "#renderer/words/files.ts";
import { peopleWords } from "#renderer/words/people.ts";
import { plural } from "#renderer/words/time.ts";
import { clashWords } from "#renderer/words/versions.ts";
import { bringingWords } from "./bringing-words.ts";
import type { FileItem, ItemActions } from "./use-item-actions.ts";

const AWAY_ICONS = {
  away: CloudDownload,
  "only-away": CloudAlert,
  nobody: CloudOff,
} as const;

/** Where a file stands, by shape; the words beside it say the same. */
export function StageIcon(props: {
  readonly state: FileStage;
  readonly size: number;
}) {
  const { state } = props;
  if (state.stage === "coming")
    return <Ring part={props.size === 0 ? 0 : state.done / props.size} />;
  const icons = {
    here: CircleCheck,
    away: state.stage === "away" ? AWAY_ICONS[awayKind(state)] : Cloud,
    damaged: CircleAlert,
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
export function folderWords(
  item: Extract<CollectionItem, { kind: "folder" }>,
): string {
  if (item.kept) return "Always kept here";
  const { files, filesHere } = item;
  return filesHere > 0 && filesHere < files
    ? `${filesHere.toLocaleString("en")} of ${plural(files, "file")} here`
    : plural(files, "file");
}

/** Where a file or folder stands, and what can be done about it at once. */
export function ItemState(props: {
  readonly item: CollectionItem;
  readonly actions: ItemActions;
}) {
  const { item, actions } = props;
  const isInTabOrder = use(TabOrder);
  const kept = item.kept && (
    <Pin size={14} aria-hidden className="table__pin" />
  );
  if (item.kind === "folder")
    return (
      <>
        {kept}
        <span>{folderWords(item)}</span>
      </>
    );
  if (item.clash !== null)
    return (
      <Press
        className="table__clash"
        excludeFromTabOrder={!isInTabOrder}
        onPress={() => actions.versions(item)}
      >
        <Split size={16} aria-hidden />
        <span>{clashWords(item.clash)}</span>
      </Press>
    );
  const { state } = item;
  // Who they are, for whoever points at their number.
  const names =
    state.stage === "coming" && state.from.length > 1
      ? { title: `From ${peopleWords(state.from, 5)}` }
      : {};
  return (
    <>
      <StageIcon state={state} size={item.size} />
      {kept}
      <span className="table__state-words" {...names}>
        {fileWords(state, item.size, undefined, item.kept)}
      </span>
      <Bringing item={item} actions={actions} />
    </>
  );
}

/** Pauses, resumes and cancels what brings a file. */
function Bringing(props: {
  readonly item: FileItem;
  readonly actions: ItemActions;
}) {
  const { item, actions } = props;
  const words = bringingWords(item);
  if (words === null) return null;
  return (
    <span className="table__bringing">
      {words.pause !== null && (
        <IconButton
          icon={words.isPaused ? Play : Pause}
          size="small"
          label={words.pause}
          onPress={() => actions.pause(item, !words.isPaused)}
        />
      )}
      <IconButton
        icon={X}
        size="small"
        label={words.cancel}
        onPress={() => actions.cancel(item)}
      />
    </span>
  );
}
