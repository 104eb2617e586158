import type { TransferId } from "#core/contract/ids.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useUndoToast } from "#renderer/parts/keeping/use-undo-toast.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** Cancels a transfer and says so; Undo takes it up where it was. `what` is whom it was about. */
export function useCancel(): (transfer: TransferId, what: string) => void {
  const act = useAct();
  const toast = useToast();
  const offerUndo = useUndoToast();
  return (transfer, what) => {
    const words = `Cancelled ${what}.`;
    act(
      "cancelTransfer",
      { transfer },
      {
        done: ({ undo }) =>
          undo === null ? toast({ words }) : offerUndo(words, undo),
      },
    );
  };
}
