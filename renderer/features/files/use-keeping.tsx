import type { ReactNode } from "react";
import { useRef } from "react";
import type { CoreError } from "#core/contract/errors.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { useFree } from "#renderer/parts/keeping/use-free.tsx";
import { useUndoToast } from "#renderer/parts/keeping/use-undo-toast.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { useSaveCopy } from "./use-save-copy.tsx";
import type { SaveCopy } from "./use-save-copy.tsx";
import { plural } from "#renderer/words/time.ts";

/** What can be done with single files and folders. */
export interface ItemKeeping {
  readonly keep: (paths: readonly string[], kept: boolean) => void;
  readonly free: (paths: readonly string[]) => void;
}

/** What can be done with files of a collection, mine or not. */
export interface FilesWork extends ItemKeeping {
  readonly saveCopy: SaveCopy;
}

export interface CollectionKeeping extends FilesWork {
  readonly setRule: (rule: CollectionRule) => void;
  readonly setPaused: (paused: boolean) => void;
}

/** Keeps, frees and rules one collection; the first time something is to come, a folder for downloads is chosen. `parts` must be drawn. */
export function useKeeping(collection: SpaceId): {
  readonly keeping: CollectionKeeping;
  readonly parts: ReactNode;
} {
  const act = useAct();
  const toast = useToast();
  const sayDone = useUndoToast();
  const { free, dialog } = useFree();
  const { saveCopy, chooser: copyChooser } = useSaveCopy(collection);
  const again = useRef<() => void>(() => {});
  const { pick, chooser } = usePickFolder((folder) =>
    act(
      "setDownloadFolder",
      { grant: folder.grant },
      { done: () => again.current() },
    ),
  );
  const askOrSay = (retry: () => void) => (error: CoreError) => {
    if (!isCoreError(error, "folder-missing")) {
      const words = errorWords(error.code, error.details);
      toast({ words: errorLine(words), tone: "danger" });
      return;
    }
    again.current = retry;
    toast({
      words: "Choose a folder for downloads first. It is asked only once.",
    });
    pick();
  };
  const keep = (paths: readonly string[], kept: boolean) =>
    act(
      "keep",
      { collection, paths, kept },
      {
        done: ({ undo }) => {
          // The switch for all of it says so itself.
          if (paths.includes("")) return;
          const what =
            paths.length === 1 ? "" : `${plural(paths.length, "item")}: `;
          sayDone(
            kept ? `${what}Always kept here` : `${what}Kept no more`,
            undo,
          );
        },
        failed: askOrSay(() => keep(paths, kept)),
      },
    );
  const setRule = (rule: CollectionRule) =>
    act(
      "setCollectionRule",
      { collection, rule },
      { failed: askOrSay(() => setRule(rule)) },
    );
  return {
    keeping: {
      keep,
      saveCopy,
      setRule,
      free: (paths) => free(collection, paths),
      setPaused: (paused) => act("setCollectionPaused", { collection, paused }),
    },
    parts: (
      <>
        {chooser}
        {copyChooser}
        {dialog}
      </>
    ),
  };
}
