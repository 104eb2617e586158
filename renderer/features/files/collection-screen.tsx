import { useRef, useState } from "react";
import { FolderX, LayoutGrid, List } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { keyWords } from "#renderer/commands/keys.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { useDownload } from "#renderer/parts/collection/use-download.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { CollectionActions } from "./collection-actions.tsx";
import { CollectionFacts } from "./collection-facts.tsx";
import { CollectionProgress } from "./collection-progress.tsx";
import { CollectionSide } from "./collection-side.tsx";
import { DamagedNotices } from "./copies-damaged.tsx";
import { FilesInFolder } from "./files-in-folder.tsx";
import { RemovedNotice } from "./removed-notice.tsx";
import { useFilesView } from "./files-view.ts";
import { useKeeping } from "./use-keeping.tsx";
import "./collection-screen.css";

/** One collection, one folder of it: its files, each with its state. */
export function CollectionScreen(props: {
  readonly collection: SpaceId;
  readonly folder: string;
}) {
  const { collection, folder } = props;
  const { back } = useRouter();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState("");
  const [isWide, setWide] = useState(false);
  const within = isWide && search !== "" ? "" : folder;
  const known = useKeptState(
    "collection",
    { collection, folder: "", search: "", first: 0, count: 0 },
    collection,
  );
  const row = known?.row;
  const { download, chooser } = useDownload(collection);
  const { keeping, parts } = useKeeping(collection);
  const [view, setView] = useFilesView();
  useCommand("find", () => searchField.current?.focus());

  if (known === null) {
    return (
      <Screen title="Collection" onBack={back}>
        <Empty icon={FolderX} title="This collection is not on this computer.">
          It may have been removed from your list. Open its link again to follow
          it.
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen
      title={row === undefined ? "Collection" : foreignLine(row.title)}
      heading={
        row === undefined ? "Collection" : <Foreign>{row.title}</Foreign>
      }
      width="wide"
      onBack={back}
      scroller={setScroller}
      actions={
        row !== undefined && (
          <CollectionActions
            row={row}
            download={download}
            free={keeping.free}
          />
        )
      }
    >
      {row !== undefined && (
        <CollectionFacts row={row} leftOut={known?.leftOut ?? []} />
      )}
      <CollectionProgress collection={collection} />
      {known !== undefined && known.damaged.length > 0 && (
        <div className="collection__damaged">
          <DamagedNotices collection={collection} items={known.damaged} />
        </div>
      )}
      <RemovedNotice collection={collection} removed={known?.removed ?? null} />
      <div className="collection__columns">
        {row !== undefined && (
          <CollectionSide row={row} folder={folder} keeping={keeping} />
        )}
        <div className="collection__files">
          <div className="collection__bar">
            <Breadcrumb collection={collection} folder={folder} />
            <div className="collection__view">
              <Field
                ref={searchField}
                label={
                  folder === ""
                    ? "Find in this collection"
                    : "Find in this folder"
                }
                hideLabel
                placeholder={`Find (${keyWords("Mod+F")})`}
                kind="search"
                value={search}
                onChange={setSearch}
                onEscape={() => setSearch("")}
              />
              <IconButton
                icon={view === "grid" ? List : LayoutGrid}
                label={view === "grid" ? "Show as a list" : "Show as pictures"}
                onPress={() => setView(view === "grid" ? "list" : "grid")}
              />
            </div>
          </div>
          <FilesInFolder
            key={`${within} ${search}`}
            collection={collection}
            folder={within}
            search={search}
            view={view}
            scroller={scroller}
            download={download}
            keeping={keeping}
            onShowAll={() => setSearch("")}
            onWider={within === "" ? null : () => setWide(true)}
          />
        </div>
      </div>
      {chooser}
      {parts}
    </Screen>
  );
}
