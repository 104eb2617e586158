import type { ReactNode } from "react";
import { useState } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { NotFreed } from "#core/contract/keeping-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { freedWords } from "#renderer/words/room.ts";
import { NotFreedDialog } from "./not-freed-dialog.tsx";

interface Refusal {
  readonly collection: SpaceId;
  readonly files: readonly NotFreed[];
  readonly count: number;
}

/** Frees files, with undo; says what was not freed, and why. `dialog` must be drawn. */
export function useFree(): {
  readonly free: (
    collection: SpaceId,
    paths: readonly string[],
    insist?: boolean,
  ) => void;
  readonly undo: (batch: string) => void;
  readonly dialog: ReactNode;
} {
  const act = useAct();
  const toast = useToast();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const undo = (batch: string) =>
    act(
      "undoFree",
      { batch },
      {
        done: ({ undone }) =>
          toast({
            words: undone
              ? "The files are back"
              : "Too late: these files are gone from this computer. They are still listed.",
          }),
      },
    );
  const free = (
    collection: SpaceId,
    paths: readonly string[],
    insist = false,
  ) =>
    act(
      "freeSpace",
      { collection, paths, insist },
      {
        done: ({ freed, refused, refusedFiles }) => {
          if (freed !== null)
            toast({
              words: freedWords(freed),
              action: { words: "Undo", run: () => undo(freed.batch) },
            });
          else if (refused.length === 0)
            toast({ words: "Nothing of it is on this computer" });
          if (refused.length > 0)
            setRefusal({ collection, files: refused, count: refusedFiles });
        },
      },
    );
  const dialog = (
    <NotFreedDialog
      files={refusal?.files ?? []}
      count={refusal?.count ?? 0}
      open={refusal !== null}
      onClose={() => setRefusal(null)}
      onInsist={(paths) => {
        const { collection } = refusal ?? {};
        setRefusal(null);
        if (collection !== undefined) free(collection, paths, true);
      }}
    />
  );
  return { free, undo, dialog };
}
