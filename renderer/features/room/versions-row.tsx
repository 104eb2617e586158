import { History } from "lucide-react";
import type { RoomState } from "#core/contract/keeping-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useUndoToast } from "#renderer/parts/keeping/use-undo-toast.ts";
import { Button } from "#renderer/ui/button.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";

/** What earlier versions of files take, all to be freed at once; nothing where there are none. */
export function VersionsRow(props: { readonly sum: RoomState["versions"] }) {
  const act = useAct();
  const sayDone = useUndoToast();
  const { versions, bytes } = props.sum;
  if (versions === 0) return null;
  const free = () =>
    act(
      "freeVersions",
      {},
      {
        done: (freed) =>
          sayDone(
            `${sizeWords(freed.bytes)} freed, ${plural(freed.versions, "earlier version")}`,
            freed.undo,
          ),
      },
    );
  return (
    <section className="versions-row" aria-label="Earlier versions of files">
      <History size={20} aria-hidden />
      <div>
        <p className="freeable__name">Earlier versions of files</p>
        <p className="freeable__from">
          {`${plural(versions, "version")}, kept when a newer one took their place. Without them you cannot put these back by yourself.`}
        </p>
      </div>
      <span className="freeable__size">{sizeWords(bytes)}</span>
      <Button size="small" onPress={free}>
        Free up
      </Button>
    </section>
  );
}
