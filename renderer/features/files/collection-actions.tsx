import {
  Download,
  Ellipsis,
  Eraser,
  Link2,
  RefreshCw,
  Trash2,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { useCopy } from "#renderer/ui/use-copy.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** What can be done with a whole collection. */
export function CollectionActions(props: {
  readonly row: CollectionRow;
  readonly download: (paths: readonly string[]) => void;
  readonly free: (paths: readonly string[]) => void;
}) {
  const { row } = props;
  const { collection } = row;
  const act = useAct();
  const copy = useCopy();
  const toast = useToast();
  const { replace } = useRouter();
  const { open } = useOverlays();
  const update = useTask("updateCollection");

  const copyLink = () =>
    act(
      "collectionLink",
      { collection },
      { done: ({ link }) => copy(link, "Link copied") },
    );
  const remove = () =>
    act(
      "removeCollection",
      { collection, removed: true },
      {
        done: () => {
          replace({ screen: "files" });
          toast({
            words: row.mine
              ? `“${foreignLine(row.title)}” is no longer shared. Your folder stays; copies others keep stay with them.`
              : `“${foreignLine(row.title)}” is off your list. Downloaded files stay.`,
            action: {
              words: "Undo",
              run: () =>
                act("removeCollection", { collection, removed: false }),
            },
          });
        },
      },
    );
  const shareChanges = () =>
    update.run({ collection }, () =>
      toast({
        words: "Reading the folder again",
        action: {
          words: "Show transfers",
          run: () => open({ kind: "transfers" }),
        },
      }),
    );
  const isWhole = row.filesHere >= row.files;
  return (
    <>
      {row.mine ? (
        <Button
          kind={row.watch?.live === true ? "secondary" : "primary"}
          icon={RefreshCw}
          pending={update.pending}
          disabled={row.folderMissing}
          onPress={shareChanges}
        >
          Share now
        </Button>
      ) : (
        <Button
          kind="primary"
          icon={Download}
          disabled={isWhole}
          onPress={() => props.download([""])}
        >
          {isWhole && row.files > 0 ? "All downloaded" : "Download all"}
        </Button>
      )}
      <Button icon={Link2} onPress={copyLink}>
        Copy link
      </Button>
      <MenuButton
        label="More about this collection"
        trigger={
          <Press
            className="icon-button"
            aria-label="More about this collection"
          >
            <Ellipsis size={20} aria-hidden />
          </Press>
        }
        choices={[
          ...(!row.mine && row.filesHere > 0
            ? [
                {
                  id: "free",
                  words: "Free up all of it",
                  icon: Eraser,
                  onChoose: () => props.free([""]),
                },
              ]
            : []),
          {
            id: "remove",
            words: row.mine ? "Stop sharing" : "Remove from my list",
            icon: Trash2,
            danger: true,
            onChoose: remove,
          },
        ]}
      />
    </>
  );
}
