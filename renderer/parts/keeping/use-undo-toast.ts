import { useAct } from "#renderer/core/use-act.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** Says what was done, with the button that undoes it by the name the core gave for that. */
export function useUndoToast(): (words: string, undo: string) => void {
  const act = useAct();
  const toast = useToast();
  return (words, undo) =>
    toast({
      words,
      action: { words: "Undo", run: () => act("undo", { undo }) },
    });
}
