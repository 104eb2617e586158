import { useRef, useState } from "react";
import { FilePlus2 } from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { Grant } from "#core/contract/models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";
import "./share-dialog.css";

/** Names shown of what was dropped. */
const SHOWN = 8;

/** Adds files to an own collection: dropped or chosen, then copied into its folder if the person says so. */
export function AddFiles(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const shell = useShell();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<readonly Grant[]>([]);
  const take = (files: readonly File[]): void => {
    const failed = () =>
      toast({
        words:
          "This cannot be taken from here. Put it into the folder yourself: it is shared then.",
      });
    Promise.all(files.map((file) => shell.grant(file))).then((grants) => {
      const found = grants.flatMap((grant) => grant ?? []);
      if (found.length === 0) failed();
      else setAsked(found);
    }, failed);
  };
  useDropTarget({ words: "Drop files to add them to this folder", drop: take });
  return (
    <>
      <Button
        kind="quiet"
        size="small"
        icon={FilePlus2}
        onPress={() => input.current?.click()}
      >
        Add files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to add"
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {asked.length > 0 && (
        <CopyDialog row={row} grants={asked} onClose={() => setAsked([])} />
      )}
    </>
  );
}

function CopyDialog(props: {
  readonly row: CollectionRow;
  readonly grants: readonly Grant[];
  readonly onClose: () => void;
}) {
  const { row, grants, onClose } = props;
  const copy = useTask("copyIntoFolder");
  const toast = useToast();
  const more = grants.length - SHOWN;
  const run = () =>
    copy.run(
      {
        collection: row.collection,
        grants: grants.map(({ grant }) => grant),
      },
      ({ copied }) => {
        onClose();
        toast({
          words:
            copied === 0
              ? "These lie in the folder already."
              : `${plural(copied, "file")} copied into the folder.`,
        });
      },
    );
  return (
    <ModalDialog title="Copy into the folder?" open onClose={onClose}>
      <div className="share">
        <p>
          Only what lies in the folder{" "}
          <strong>
            <Foreign>{row.folderName ?? ""}</Foreign>
          </strong>{" "}
          is shared. A copy of these is put there; the files themselves stay
          where they are, and nothing in the folder is replaced.
        </p>
        <ul className="share__leaving">
          {grants.slice(0, SHOWN).map(({ grant, name }) => (
            <li key={grant}>
              <Foreign>{name}</Foreign>
            </li>
          ))}
          {more > 0 && <li>and {plural(more, "other")}</li>}
        </ul>
        <ErrorNotice error={copy.error} />
        <ButtonRow>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" pending={copy.pending} onPress={run}>
            Copy into the folder
          </Button>
        </ButtonRow>
      </div>
    </ModalDialog>
  );
}
