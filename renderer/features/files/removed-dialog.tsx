import type { SpaceId } from "#core/contract/ids.ts";
import type { RemovedRow } from "#core/contract/removed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useFree } from "#renderer/parts/keeping/use-free.tsx";
import { useUndoToast } from "#renderer/parts/keeping/use-undo-toast.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { keptAsMineWords, removedByWords } from "#renderer/words/removed.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import "./removed.css";

const SHOWN = 200;

/** Files that others removed and that are still here: each stays as one's own, or goes; both can be undone. */
export function RemovedDialog(props: {
  readonly collection: SpaceId;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { collection } = props;
  const { free, dialog } = useFree();
  const keep = useKeep(collection);
  const rows = useCoreState("removedFiles", {
    collection,
    first: 0,
    count: SHOWN,
  });
  const items = rows?.items ?? [];
  const more = (rows?.total ?? 0) - items.length;
  const paths = items.map(({ path }) => path);
  // One file has its two buttons below; in its row they would do the same.
  const isOne = items.length === 1 && more === 0;
  const shown = isOne ? "it" : more > 0 ? "these" : "all";
  return (
    <>
      <ModalDialog
        title="Removed by others, still here"
        open={props.open}
        onClose={props.onClose}
        size="medium"
      >
        <div className="removed">
          <p>
            {isOne
              ? "The collection does not list this file any more, and others may not have it."
              : "The collection does not list these files any more, and others may not have them."}{" "}
            Nothing was deleted on this computer.
          </p>
          <ul className="removed__list">
            {items.map((item) => (
              <Row
                key={item.path}
                item={item}
                isAlone={isOne}
                onKeep={() => keep([item.path])}
                onRemove={() => free(collection, [item.path])}
              />
            ))}
          </ul>
          {more > 0 && <p>And {plural(more, "more file")}.</p>}
          <ButtonRow>
            <Button
              kind="primary"
              onPress={() => {
                keep(paths);
                if (more === 0) props.onClose();
              }}
            >
              {`Keep ${shown}`}
            </Button>
            <Button onPress={() => free(collection, paths)}>
              {`Remove ${shown} from this computer`}
            </Button>
          </ButtonRow>
        </div>
      </ModalDialog>
      {dialog}
    </>
  );
}

function Row(props: {
  readonly item: RemovedRow;
  readonly isAlone: boolean;
  readonly onKeep: () => void;
  readonly onRemove: () => void;
}) {
  const { item } = props;
  const now = useNow(60_000);
  const name = foreignLine(item.name);
  return (
    <li className="removed__row">
      <div className="removed__file">
        <span className="removed__name">
          <Foreign>{item.path}</Foreign>
        </span>
        <span className="removed__facts">
          {`${sizeWords(item.size)} · ${removedByWords(item, now)}`}
        </span>
      </div>
      {!props.isAlone && (
        <>
          <Button size="small" label={`Keep ${name}`} onPress={props.onKeep}>
            Keep
          </Button>
          <Button
            size="small"
            kind="quiet"
            label={`Remove ${name} from this computer`}
            onPress={props.onRemove}
          >
            Remove
          </Button>
        </>
      )}
    </li>
  );
}

function useKeep(collection: SpaceId) {
  const act = useAct();
  const sayDone = useUndoToast();
  return (paths: readonly string[]) =>
    act(
      "keepRemoved",
      { collection, paths },
      {
        done: ({ undo }) => sayDone(keptAsMineWords(paths.length), undo),
      },
    );
}
