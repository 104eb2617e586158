import { useRef, useState } from "react";
import { FolderSync, FolderX, LayoutGrid, List, Search } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionPage } from "#core/contract/collection-models.ts";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { keyWords } from "#renderer/commands/keys.ts";
import { useCoreState, useKeptState } from "#renderer/core/use-core-state.ts";
import { useDownload } from "#renderer/parts/collection/use-download.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { CollectionActions } from "./collection-actions.tsx";
import { CollectionFacts } from "./collection-facts.tsx";
import { CollectionProgress } from "./collection-progress.tsx";
import { CollectionSide } from "./collection-side.tsx";
import { DamagedNotices } from "./copies-damaged.tsx";
import { FileGrid } from "./file-grid.tsx";
import { FileTable } from "./file-table.tsx";
import { RemovedNotice } from "./removed-notice.tsx";
import { useFilesView } from "./files-view.ts";
import { useKeeping } from "./use-keeping.tsx";
import "./collection-screen.css";

const ROWS = 160;
const STEP = 40;

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
  const [first, setFirst] = useState(0);
  const within = isWide && search !== "" ? "" : folder;
  const page = useKeptState(
    "collection",
    { collection, folder: within, search, first, count: ROWS },
    `${collection}/${within}/${search}`,
  );
  const known = useKeptState(
    "collection",
    { collection, folder: "", search: "", first: 0, count: 0 },
    collection,
  );
  const row = page?.row ?? known?.row;
  const { download, chooser } = useDownload(collection);
  const { keeping, parts } = useKeeping(collection);
  const [view, setView] = useFilesView();
  const Files = view === "grid" ? FileGrid : FileTable;
  useCommand("find", () => searchField.current?.focus());

  if (known === null || page === null) {
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
        <CollectionFacts row={row} leftOut={page?.leftOut ?? []} />
      )}
      <CollectionProgress collection={collection} />
      {page !== undefined && page.damaged.length > 0 && (
        <div className="collection__damaged">
          <DamagedNotices collection={collection} items={page.damaged} />
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
                onChange={(next) => {
                  setSearch(next);
                  setFirst(0);
                }}
                onEscape={() => setSearch("")}
              />
              <IconButton
                icon={view === "grid" ? List : LayoutGrid}
                label={view === "grid" ? "Show as a list" : "Show as pictures"}
                onPress={() => setView(view === "grid" ? "list" : "grid")}
              />
            </div>
          </div>
          {page === undefined ? (
            <Skeleton shape="row" label="Reading files…" />
          ) : page.total === 0 ? (
            <EmptyFolder
              page={page}
              search={search}
              onShowAll={() => setSearch("")}
              onWider={within === "" ? null : () => setWide(true)}
            />
          ) : (
            <Files
              key={`${view} ${within} ${search}`}
              page={page}
              search={search}
              scroller={scroller}
              download={download}
              keeping={keeping}
              onInView={(index) =>
                setFirst(Math.max(0, Math.floor((index - STEP) / STEP) * STEP))
              }
            />
          )}
        </div>
      </div>
      {chooser}
      {parts}
    </Screen>
  );
}

function EmptyFolder(props: {
  readonly page: CollectionPage;
  readonly search: string;
  readonly onShowAll: () => void;
  /** Looks in the whole collection; null where that was done. */
  readonly onWider: (() => void) | null;
}) {
  const { row } = props.page;
  const reading = useCoreState("transfers", {})?.find(
    (one) =>
      one.collection === row.collection &&
      one.direction === "sharing" &&
      one.state.stage === "running",
  );
  if (props.search !== "") {
    return (
      <Empty
        icon={Search}
        title={
          props.onWider === null
            ? "No file is called that."
            : "No file in this folder is called that."
        }
        actions={
          <>
            {props.onWider !== null && (
              <Button kind="primary" onPress={props.onWider}>
                Find in the whole collection
              </Button>
            )}
            <Button onPress={props.onShowAll}>Show all</Button>
          </>
        }
      />
    );
  }
  if (row.files > 0)
    return <Empty icon={FolderX} title="This folder is empty." />;
  if (!row.mine) {
    return (
      <Empty icon={FolderX} title="The list is on its way.">
        It comes from those who hold this collection, as soon as one of them is
        connected.
      </Empty>
    );
  }
  if (reading !== undefined) {
    return (
      <Empty icon={FolderSync} title="Reading the folder…">
        Files show up here as they are read, and others see them as it goes.
      </Empty>
    );
  }
  // The notice above says what to do about a folder that is not there.
  return row.folderMissing ? (
    <Empty icon={FolderX} title="The folder is not there." />
  ) : (
    <Empty icon={FolderX} title="No files yet.">
      Put files in the folder, then share the changes.
    </Empty>
  );
}
