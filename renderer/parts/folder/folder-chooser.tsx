import { useCallback, useEffect, useRef, useState } from "react";
import { CornerLeftUp, Folder, FolderPlus } from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CoreError } from "#core/contract/errors.ts";
import type { FolderListing, Grant } from "#core/contract/models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import "./folder-chooser.css";

/** The longest path the core looks at. */
const PATH_CHARACTERS = 8192;

/** The last part of a path; the whole of it at the top. */
function nameOf(path: string): string {
  return foreignLine(
    path.split(/[/\\]/u).findLast((part) => part !== "") ?? path,
  );
}

/** The folders of the machine the app runs on, for choosing one where the desktop's own dialog is not there. */
export function FolderChooser(props: {
  readonly onChosen: (folder: Grant) => void;
  readonly onClose: () => void;
}) {
  const act = useAct();
  const [typed, setTyped] = useState("");
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const grant = useTask("grantFolder");
  const { clear } = grant;
  const asked = useRef(0);
  const go = useCallback(
    (path: string | null) => {
      asked.current += 1;
      const turn = asked.current;
      // Only the last folder asked for is shown, whichever answers first.
      const isLast = () => turn === asked.current;
      clear();
      act(
        "listFolders",
        { path },
        {
          done: (found) => {
            if (!isLast()) return;
            setListing(found);
            setTyped(found.path);
            setError(null);
          },
          failed: (trouble) => {
            if (isLast()) setError(trouble);
          },
        },
      );
    },
    [act, clear],
  );
  useEffect(() => go(null), [go]);
  const [isNaming, setNaming] = useState(false);
  const show = (found: FolderListing) => {
    // What was asked for before is not shown over it.
    asked.current += 1;
    setListing(found);
    setTyped(found.path);
    setError(null);
    setNaming(false);
  };
  const isTyping = listing !== null && typed.trim() !== listing.path;
  return (
    <ModalDialog title="Choose a folder" open onClose={props.onClose}>
      <p className="unseen" aria-live="polite">
        <Foreign>{listing?.path ?? "…"}</Foreign>
      </p>
      <form
        className="chooser__go"
        onSubmit={(event) => {
          event.preventDefault();
          // The page this chooser was opened from may stand in a form of its own.
          event.stopPropagation();
          const wanted = typed.trim().slice(0, PATH_CHARACTERS);
          if (wanted !== "") go(wanted);
        }}
      >
        <Field label="Folder" value={typed} onChange={setTyped} />
        {isTyping && <Button type="submit">Go there</Button>}
      </form>
      <ErrorNotice error={error ?? grant.error} />
      {listing !== null &&
        error === null &&
        (isNaming ? (
          <NewFolder
            path={listing.path}
            onMade={show}
            onClose={() => setNaming(false)}
          />
        ) : (
          <div>
            <Button
              kind="quiet"
              size="small"
              icon={FolderPlus}
              onPress={() => setNaming(true)}
            >
              New folder
            </Button>
          </div>
        ))}
      {listing === null ? (
        error === null && <Skeleton shape="row" />
      ) : (
        <ul className="chooser" aria-label="Folders">
          {listing.parent !== null && (
            <li>
              <Press
                className="chooser__row"
                onPress={() => go(listing.parent)}
              >
                <CornerLeftUp size={18} aria-hidden />
                <span>One folder up</span>
              </Press>
            </li>
          )}
          {listing.folders.map((folder) => (
            <li key={folder.path}>
              <Press className="chooser__row" onPress={() => go(folder.path)}>
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
          disabled={listing === null || error !== null || isTyping}
          label={`Use this folder${listing === null ? "" : `: ${nameOf(listing.path)}`}`}
          onPress={() => {
            if (listing !== null)
              grant.run({ path: listing.path }, props.onChosen);
          }}
        >
          {listing === null ? (
            "Use this folder"
          ) : (
            <>
              Use “<Foreign>{nameOf(listing.path)}</Foreign>”
            </>
          )}
        </Button>
      </ButtonRow>
    </ModalDialog>
  );
}

/** A name for a folder to be made in the one that is shown. */
function NewFolder(props: {
  readonly path: string;
  readonly onMade: (listing: FolderListing) => void;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState("");
  const { run, pending, error } = useTask("makeFolder");
  return (
    <>
      <form
        className="chooser__go"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (name.trim() !== "")
            run({ path: props.path, name: name.trim() }, props.onMade);
        }}
      >
        <Field
          label="Name of the new folder"
          value={name}
          onChange={(next) => setName(next.slice(0, 255))}
          focusFirst
        />
        <Button type="submit" pending={pending} disabled={name.trim() === ""}>
          Make folder
        </Button>
        <Button kind="quiet" onPress={props.onClose}>
          Not now
        </Button>
      </form>
      <ErrorNotice error={error} />
    </>
  );
}
