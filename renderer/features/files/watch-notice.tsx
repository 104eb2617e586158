import { useState } from "react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";

/** What a watched folder asks of its owner: where it is, and whether what is gone is meant to be. */
export function WatchNotice(props: {
  readonly row: CollectionRow;
  readonly watch: FolderWatchRow;
}) {
  const { row, watch } = props;
  switch (watch.stage.stage) {
    case "missing":
      return <MissingFolder row={row} />;
    case "asking":
      return <ManyGone row={row} gone={watch.stage.gone} />;
    default:
      return null;
  }
}

function MissingFolder(props: { readonly row: CollectionRow }) {
  const { collection, title } = props.row;
  const find = useTask("findFolder");
  const act = useAct();
  const toast = useToast();
  const { replace } = useRouter();
  const { pick, chooser } = usePickFolder((folder) =>
    find.run({ collection, folder: folder.grant }),
  );
  const stop = () =>
    act(
      "removeCollection",
      { collection, removed: true },
      {
        done: () => {
          replace({ screen: "files" });
          toast({
            words: `“${foreignLine(title)}” is no longer shared. Copies others keep stay with them.`,
            action: {
              words: "Undo",
              run: () =>
                act("removeCollection", { collection, removed: false }),
            },
          });
        },
      },
    );
  return (
    <>
      <Notice
        tone="warn"
        action={
          <>
            <Button size="small" pending={find.pending} onPress={pick}>
              Find it
            </Button>
            <Button size="small" onPress={stop}>
              Stop sharing
            </Button>
          </>
        }
      >
        The folder is not there. Nothing was deleted for others. When its drive
        is plugged in again, it goes on by itself.
      </Notice>
      <ErrorNotice error={find.error} />
      {chooser}
    </>
  );
}

function ManyGone(props: {
  readonly row: CollectionRow;
  readonly gone: number;
}) {
  const { collection } = props.row;
  const remove = useTask("removeGone");
  /** Put off at this number; more that go ask again. */
  const [waitsAt, setWaitsAt] = useState(0);
  if (waitsAt >= props.gone) return null;
  return (
    <>
      <Notice
        tone="warn"
        action={
          <>
            <Button
              size="small"
              pending={remove.pending}
              onPress={() => remove.run({ collection })}
            >
              Share it
            </Button>
            <Button size="small" onPress={() => setWaitsAt(props.gone)}>
              Wait
            </Button>
          </>
        }
      >
        {plural(props.gone, "file is", "files are")} gone from this folder.
        Share that? Until then others keep {props.gone === 1 ? "it" : "them"} on
        their list.
      </Notice>
      <ErrorNotice error={remove.error} />
    </>
  );
}
