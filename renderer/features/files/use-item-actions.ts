import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type {
  CollectionItem,
  CollectionPage,
} from "#core/contract/collection-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCancel } from "#renderer/parts/collection/use-cancel.ts";
import { isProgram } from "#renderer/parts/media/is-program.ts";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { plural } from "#renderer/words/time.ts";
import type { FilesWork, ItemKeeping } from "./use-keeping.tsx";

export type FileItem = Extract<CollectionItem, { kind: "file" }>;

export interface ItemActions {
  /** Into a folder; a file in the window if it can be shown there, else in its app if it is here, else download. */
  readonly open: (item: CollectionItem) => void;
  readonly show: (item: CollectionItem) => void;
  readonly download: (item: CollectionItem) => void;
  /** Copies what is here of it to where the person chooses. */
  readonly saveCopy: (item: CollectionItem) => void;
  /** Pauses what brings a file, or goes on with it. */
  readonly pause: (item: FileItem, paused: boolean) => void;
  /** Gives up what brings a file. */
  readonly cancel: (item: FileItem) => void;
  /** Null for what lies in a folder of mine: it stays there. */
  readonly keeping: ItemKeeping | null;
  /** A file that is here, in another app; asks before a program is. */
  readonly openElsewhere: (item: CollectionItem) => void;
  readonly openFile: (item: FileItem) => void;
  /** Every version of a file; two that stand are settled there. */
  readonly versions: (item: CollectionItem) => void;
  readonly canView: (item: CollectionItem) => boolean;
  /** Shows any file over the window, with what can be done about it. */
  readonly view: (item: CollectionItem) => void;
  /** A program somebody else made, waiting for an answer. */
  readonly asked: FileItem | null;
  readonly ask: (item: FileItem | null) => void;
}

/**
 * What can be done with one file or folder of a collection. The same object
 * while the list stands, whatever window of it is here: rows are not drawn again for it.
 */
export function useItemActions(
  page: CollectionPage,
  search: string,
  download: (paths: readonly string[]) => void,
  keeping: FilesWork,
): ItemActions {
  const act = useAct();
  const { go } = useRouter();
  const { open: openOverlay } = useOverlays();
  const cancel = useCancel();
  const [asked, ask] = useState<FileItem | null>(null);
  const { collection, mine } = page.row;
  const isOwnFolder = mine || page.row.joined !== null;
  const now = useLatest({ page, search, download, keeping, cancel });
  return useMemo(() => {
    const openFile = (item: FileItem) =>
      act("openFile", { collection, path: item.path, how: "open" });
    const canView = (item: CollectionItem) =>
      item.kind === "file" &&
      previewKind(item.name, item.mediaType) !== "other";
    const isHere = (item: FileItem) =>
      item.state.stage === "here" || item.state.stage === "changed";
    const view = (item: CollectionItem) => {
      if (item.kind === "folder") return;
      const { folder, first, items } = now.current.page;
      const listing = { collection, folder, search: now.current.search };
      // What was drawn may have come with an earlier window.
      const index = first + items.findIndex((it) => it.path === item.path);
      openOverlay({
        kind: "preview",
        subject: { kind: "collection", listing, path: item.path, index },
      });
    };
    const openElsewhere = (item: CollectionItem) => {
      if (item.kind === "folder" || !isHere(item)) return;
      if (!mine && isProgram(item.name)) ask(item);
      else openFile(item);
    };
    const versions = (item: CollectionItem) => {
      if (item.kind === "file")
        openOverlay({ kind: "versions", collection, path: item.path });
    };
    return {
      versions,
      openFile,
      openElsewhere,
      canView,
      view,
      asked,
      ask,
      open: (item) => {
        if (item.kind === "folder")
          go({ screen: "collection", collection, folder: item.path });
        else if (canView(item)) view(item);
        else if (isHere(item)) openElsewhere(item);
        else now.current.download([item.path]);
      },
      show: (item) => {
        if (item.kind === "file" && isHere(item)) {
          act("openFile", { collection, path: item.path, how: "show" });
        }
      },
      download: (item) => now.current.download([item.path]),
      saveCopy: (item) =>
        now.current.keeping.saveCopy(
          [item.path],
          item.kind === "file" ? item : null,
        ),
      pause: ({ state }, paused) => {
        if ("by" in state)
          act("pauseTransfer", { transfer: state.by.transfer, paused });
      },
      cancel: ({ state, name }) => {
        if (!("by" in state)) return;
        const { transfer, files } = state.by;
        now.current.cancel(
          transfer,
          files > 1
            ? `the download of ${plural(files, "file")}`
            : `the download of “${foreignLine(name)}”`,
        );
      },
      keeping: isOwnFolder
        ? null
        : {
            keep: (paths, kept) => now.current.keeping.keep(paths, kept),
            free: (paths) => now.current.keeping.free(paths),
          },
    };
  }, [act, go, openOverlay, asked, collection, mine, isOwnFolder, now]);
}

/** What was drawn last, for what is done later. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
