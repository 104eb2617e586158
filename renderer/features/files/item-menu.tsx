import { use } from "react";
import {
  CopyPlus,
  Download,
  Ellipsis,
  Eraser,
  Eye,
  FolderSearch,
  History,
  Pause,
  Pin,
  PinOff,
  Play,
  RotateCw,
  Split,
  SquareArrowOutUpRight,
  X,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CollectionItem } from "#core/contract/collection-models.ts";
import { MenuButton, type MenuChoice } from "#renderer/ui/menu.tsx";
import { TabOrder } from "#renderer/ui/tab-order.ts";
import { clashWords } from "#renderer/words/versions.ts";
import { bringingWords } from "./bringing-words.ts";
import type { FileItem, ItemActions } from "./use-item-actions.ts";

/** What can be done with one file or folder, behind three dots. */
export function ItemMenu(props: {
  readonly item: CollectionItem;
  /** Clean, for whoever hears it. */
  readonly name: string;
  readonly actions: ItemActions;
}) {
  const label = `Actions for ${props.name}`;
  return (
    <MenuButton
      label={label}
      choices={choicesOf(props.item, props.actions)}
      trigger={
        <Press
          className="icon-button icon-button--small"
          aria-label={label}
          excludeFromTabOrder={!use(TabOrder)}
        >
          <Ellipsis size={18} aria-hidden />
        </Press>
      }
    />
  );
}

function choicesOf(
  item: CollectionItem,
  actions: ItemActions,
): readonly MenuChoice[] {
  const isHere =
    item.kind === "file" && ["here", "changed"].includes(item.state.stage);
  const bringing = item.kind === "file" ? bringingChoices(item, actions) : [];
  const choices: MenuChoice[] = [];
  if (item.kind === "folder" || isHere) {
    choices.push({
      id: "open",
      words: item.kind === "folder" ? "Open" : "Open in another app",
      icon: SquareArrowOutUpRight,
      onChoose: () =>
        item.kind === "folder"
          ? actions.open(item)
          : actions.openElsewhere(item),
    });
  }
  if (item.kind === "file") {
    choices.push({
      id: "view",
      words: "Preview",
      icon: Eye,
      onChoose: () => actions.view(item),
    });
    choices.push({
      id: "versions",
      words: item.clash === null ? "Versions" : clashWords(item.clash),
      icon: item.clash === null ? History : Split,
      onChoose: () => actions.versions(item),
    });
  }
  if (isHere || (item.kind === "folder" && item.filesHere > 0))
    choices.push({
      id: "copy",
      words: "Save copy…",
      icon: CopyPlus,
      onChoose: () => actions.saveCopy(item),
    });
  if (isHere) {
    choices.push({
      id: "show",
      words: "Show in folder",
      icon: FolderSearch,
      onChoose: () => actions.show(item),
    });
  } else if (bringing.length > 0) {
    choices.push(...bringing);
  } else {
    const isNewer = item.kind === "file" && item.state.stage === "newer";
    choices.push({
      id: "download",
      words: isNewer ? "Update" : "Download",
      icon: isNewer ? RotateCw : Download,
      onChoose: () => actions.download(item),
    });
  }
  return [...choices, ...keepingChoices(item, actions)];
}

/** What can be done about the transfer that brings a file; nothing when none does. */
function bringingChoices(
  item: FileItem,
  actions: ItemActions,
): readonly MenuChoice[] {
  const words = bringingWords(item);
  if (words === null) return [];
  const { isPaused } = words;
  return [
    ...(words.pause === null
      ? []
      : [
          {
            id: "pause",
            words: words.pause,
            icon: isPaused ? Play : Pause,
            onChoose: () => actions.pause(item, !isPaused),
          },
        ]),
    {
      id: "cancel",
      words: words.cancel,
      icon: X,
      onChoose: () => actions.cancel(item),
    },
  ];
}

/** Of others' files: whether they stay, and that they may go. My own stay where they are. */
function keepingChoices(
  item: CollectionItem,
  { keeping }: ItemActions,
): readonly MenuChoice[] {
  if (keeping === null) return [];
  const hasBytes =
    item.kind === "folder"
      ? item.filesHere > 0
      : ["here", "newer"].includes(item.state.stage);
  const keep: MenuChoice = {
    id: "keep",
    words: item.kept ? "Stop keeping here" : "Keep here",
    icon: item.kept ? PinOff : Pin,
    onChoose: () => keeping.keep([item.path], !item.kept),
  };
  if (!hasBytes) return [keep];
  return [
    keep,
    {
      id: "free",
      words: "Free up space",
      icon: Eraser,
      onChoose: () => keeping.free([item.path]),
    },
  ];
}
