import { useState } from "react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { Grant } from "#core/contract/models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";
import { HandedItems } from "./handed-items.tsx";
import "./share-dialog.css";

/** Files and folders are copied into the folder of an own collection, once they were counted and the person says so. */
export function CopyDialog(props: {
  readonly row: CollectionRow;
  readonly grants: readonly Grant[];
  readonly onClose: () => void;
  /** All was copied. */
  readonly onDone?: () => void;
}) {
  const { row, grants, onClose } = props;
  const copy = useTask("copyIntoFolder");
  const toast = useToast();
  const [hidden, setHidden] = useState(true);
  const hasFolder = grants.some(({ size }) => size === null);
  const excludes = {
    hidden: hasFolder && hidden,
    temporary: false,
    patterns: [],
  };
  const run = () =>
    copy.run(
      {
        collection: row.collection,
        grants: grants.map(({ grant }) => grant),
        excludes,
      },
      ({ copied }) => {
        onClose();
        props.onDone?.();
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
        <HandedItems grants={grants} withoutHidden={excludes.hidden} />
        {hasFolder && (
          <Checkbox
            label="Leave out hidden files"
            on={hidden}
            onChange={setHidden}
          >
            Leave out hidden files
          </Checkbox>
        )}
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
