import { FolderSync } from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";

/** My own folder for a collection of somebody else in which I may add and change things. */
export function OwnFolder(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const { collection } = row;
  const act = useAct();
  const toast = useToast();
  const join = useTask("joinFolder");
  const joined = () =>
    toast({ words: "What you change in this folder is shared from now on." });
  const { pick, chooser } = usePickFolder((folder) =>
    join.run({ collection, folder: folder.grant }, joined),
  );
  if (row.mine || (!row.mayWrite && row.joined === null)) return null;
  const leave = () =>
    act(
      "leaveFolder",
      { collection },
      {
        done: () =>
          toast({
            words: "The folder is an ordinary one again. Its files stay.",
          }),
      },
    );
  if (row.joined !== null) {
    return (
      <p className="people-strip__line">
        <FolderSync size={16} aria-hidden />
        <span>
          {row.mayWrite
            ? "What you change in this folder is shared: "
            : "You may not change this collection any more. Your folder stays: "}
          <Foreign>{row.joined}</Foreign>
        </span>
        <Button size="small" kind="quiet" onPress={leave}>
          Leave this folder out
        </Button>
      </p>
    );
  }
  return (
    <>
      <Notice
        action={
          <div className="own-folder__choices">
            {row.filesHere > 0 && (
              <Button
                size="small"
                pending={join.pending}
                onPress={() => join.run({ collection, folder: null }, joined)}
              >
                Use the downloaded folder
              </Button>
            )}
            <Button size="small" pending={join.pending} onPress={pick}>
              Choose a folder
            </Button>
          </div>
        }
      >
        Take a folder of yours for it: what others change arrives there, what
        you change is shared.
      </Notice>
      <ErrorNotice error={join.error} />
      {chooser}
    </>
  );
}
