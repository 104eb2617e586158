import type { ReactNode } from "react";
import { useRef } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** Downloads files of a collection; the first time, a folder for downloads is chosen. `chooser` must be drawn. */
export function useDownload(collection: SpaceId): {
  readonly download: (paths: readonly string[]) => void;
  readonly chooser: ReactNode;
} {
  const act = useAct();
  const toast = useToast();
  const { open } = useOverlays();
  const settings = useCoreState("settings", {});
  const waiting = useRef<readonly string[]>([]);
  const begin = (paths: readonly string[]) =>
    act(
      "download",
      { collection, paths, folder: null },
      {
        done: () =>
          toast({
            words: "Download started",
            action: {
              words: "Show transfers",
              run: () => open({ kind: "transfers" }),
            },
          }),
      },
    );
  const closeAsk = useRef<(() => void) | null>(null);
  const { pick, chooser } = usePickFolder((folder) => {
    closeAsk.current?.();
    closeAsk.current = null;
    act(
      "setDownloadFolder",
      { grant: folder.grant },
      { done: () => begin(waiting.current) },
    );
  });
  const download = (paths: readonly string[]) => {
    if (settings === undefined || settings.downloadFolder === null) {
      waiting.current = paths;
      closeAsk.current = toast({
        words: "Choose a folder for downloads first. It is asked only once.",
      });
      pick();
    } else {
      begin(paths);
    }
  };
  return { download, chooser };
}
