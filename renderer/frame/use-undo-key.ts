import { isWriting } from "#renderer/commands/keys.ts";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { useUndoNewest } from "#renderer/ui/toasts.tsx";

/** The key for Undo takes back what the newest message offers to take back. */
export function useUndoKey(): void {
  const undoNewest = useUndoNewest();
  // While something is being written, Undo belongs to the text.
  useCommand("undo", ({ target }) => !isWriting(target) && undoNewest());
}
