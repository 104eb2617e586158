import { useEffect, useState } from "react";
import { CornerLeftUp, Folder } from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CoreError } from "#core/contract/errors.ts";
import type { FolderListing, Grant } from "#core/contract/models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import "./folder-chooser.css";

/** The folders of the machine the app runs on, for choosing one where the desktop's own dialog is not there. */
export function FolderChooser(props: {
  readonly onChosen: (folder: Grant) => void;
  readonly onClose: () => void;
}) {
  const act = useAct();
  const [path, setPath] = useState<string | null>(null);
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const grant = useTask("grantFolder");
  useEffect(() => {
    act(
      "listFolders",
      { path },
      {
        done: (found) => {
          setListing(found);
          setError(null);
        },
        failed: setError,
      },
    );
  }, [act, path]);
  return (
    <ModalDialog title="Choose a folder" open onClose={props.onClose}>
      <p className="chooser__path">
        <Foreign>{listing?.path ?? "…"}</Foreign>
      </p>
      <ErrorNotice error={error ?? grant.error} />
      {listing === null ? (
        error === null && <Skeleton shape="row" />
      ) : (
        <ul className="chooser" aria-label="Folders">
          {listing.parent !== null && (
            <li>
              <Press
                className="chooser__row"
                onPress={() => setPath(listing.parent)}
              >
                <CornerLeftUp size={18} aria-hidden />
                <span>One folder up</span>
              </Press>
            </li>
          )}
          {listing.folders.map((folder) => (
            <li key={folder.path}>
              <Press
                className="chooser__row"
                onPress={() => setPath(folder.path)}
              >
                <Folder size={18} aria-hidden />
                <Foreign>{folder.name}</Foreign>
              </Press>
            </li>
          ))}
          {listing.folders.length === 0 && (
            <li className="chooser__none">No folders in here.</li>
          )}
        </ul>
      )}
      <ButtonRow>
        <Button onPress={props.onClose}>Cancel</Button>
        <Button
          kind="primary"
          pending={grant.pending}
          disabled={listing === null}
          onPress={() => {
            if (listing !== null)
              grant.run({ path: listing.path }, props.onChosen);
          }}
        >
          Use this folder
        </Button>
      </ButtonRow>
    </ModalDialog>
  );
}
