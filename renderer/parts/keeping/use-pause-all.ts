import { useCommand } from "#renderer/commands/use-command.tsx";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** The key that pauses all transfers, and lets them go on. */
export function usePauseAll(): void {
  const settings = useCoreState("settings", {});
  const act = useAct();
  const toast = useToast();
  const set = (pausedAll: boolean) =>
    act(
      "updateSettings",
      { pausedAll },
      {
        done: () =>
          toast({
            words: pausedAll
              ? "All transfers are paused. Posts still travel."
              : "Transfers go on",
            action: {
              words: pausedAll ? "Resume" : "Undo",
              run: () => set(!pausedAll),
            },
          }),
      },
    );
  useCommand("pause-all", () => {
    if (settings !== undefined) set(!settings.pausedAll);
  });
}
