import { useState } from "react";
import { FolderSync, FolderX, Search } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionPage } from "#core/contract/collection-models.ts";
import { useCoreState, useKeptState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { FileGrid } from "./file-grid.tsx";
import { FileTable } from "./file-table.tsx";
import type { FilesView } from "./files-view.ts";
import type { FilesWork } from "./use-keeping.tsx";

/** Files asked for at once; the window moves on by steps. */
const ROWS = 160;
const STEP = 40;

/** The files of one folder, or what was found in it. It alone is drawn again when another part of a long list comes into view. */
export function FilesInFolder(props: {
  readonly collection: SpaceId;
  readonly folder: string;
  readonly search: string;
  readonly view: FilesView;
  readonly scroller: HTMLDivElement | null;
  readonly download: (paths: readonly string[]) => void;
  readonly keeping: FilesWork;
  readonly onShowAll: () => void;
  /** Looks in the whole collection; null where that was done. */
  readonly onWider: (() => void) | null;
}) {
  const { collection, folder, search, view } = props;
  const [first, setFirst] = useState(0);
  const page = useKeptState(
    "collection",
    { collection, folder, search, first, count: ROWS },
    collection,
  );
  const Files = view === "grid" ? FileGrid : FileTable;
  if (page === undefined || page === null)
    return <Skeleton shape="row" label="Reading files…" />;
  if (page.total === 0)
    return (
      <EmptyFolder
        page={page}
        search={search}
        onShowAll={props.onShowAll}
        onWider={props.onWider}
      />
    );
  return (
    <Files
      key={view}
      page={page}
      search={search}
      scroller={props.scroller}
      download={props.download}
      keeping={props.keeping}
      onInView={(index) =>
        setFirst(Math.max(0, Math.floor((index - STEP) / STEP) * STEP))
      }
    />
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
