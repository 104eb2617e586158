import { useState } from "react";
import type {
  CollectionItem,
  CollectionPage,
} from "#core/contract/collection-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { isProgram } from "#renderer/parts/media/is-program.ts";
import { mediaOf } from "#renderer/parts/media/media-kind.ts";
import type { ViewedFile } from "#renderer/parts/media/viewer.tsx";
import { useRouter } from "#renderer/routing/router.tsx";

export type FileItem = Extract<CollectionItem, { kind: "file" }>;

export interface ItemActions {
  /** Into a folder; a file in its app if it is here, else in the window if it can be shown, else download. */
  readonly open: (item: CollectionItem) => void;
  readonly show: (item: CollectionItem) => void;
  readonly download: (item: CollectionItem) => void;
  readonly openFile: (item: FileItem) => void;
  readonly canView: (item: CollectionItem) => boolean;
  readonly view: (item: FileItem | null) => void;
  readonly viewed: ViewedFile | null;
  /** A program somebody else made, waiting for an answer. */
  readonly asked: FileItem | null;
  readonly ask: (item: FileItem | null) => void;
}

/** What can be done with one file or folder of a collection. */
export function useItemActions(
  page: CollectionPage,
  download: (paths: readonly string[]) => void,
): ItemActions {
  const act = useAct();
  const { go } = useRouter();
  const { fileUrl } = useShell();
  const [viewed, setViewed] = useState<FileItem | null>(null);
  const [asked, ask] = useState<FileItem | null>(null);
  const { collection } = page.row;
  const openFile = (item: FileItem) =>
    act("openFile", { collection, path: item.path, how: "open" });
  const canView = (item: CollectionItem) =>
    item.kind === "file" && mediaOf(item.mediaType) !== "other";
  const isHere = (item: FileItem) =>
    item.state.stage === "here" || item.state.stage === "changed";
  return {
    openFile,
    canView,
    view: setViewed,
    asked,
    ask,
    viewed:
      viewed === null
        ? null
        : {
            name: viewed.name,
            mediaType: viewed.mediaType,
            size: viewed.size,
            alt: viewed.name,
            address: fileUrl(viewed.root, viewed.name),
          },
    open: (item) => {
      if (item.kind === "folder")
        go({ screen: "collection", collection, folder: item.path });
      else if (isHere(item)) {
        if (!page.row.mine && isProgram(item.name)) ask(item);
        else openFile(item);
      } else if (canView(item)) setViewed(item);
      else download([item.path]);
    },
    show: (item) => {
      if (item.kind === "file" && isHere(item)) {
        act("openFile", { collection, path: item.path, how: "show" });
      }
    },
    download: (item) => download([item.path]),
  };
}
