import type { ReactNode } from "react";
import { useState } from "react";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { FolderChooser } from "#renderer/parts/folder/folder-chooser.tsx";
import { saveInBrowser } from "#renderer/parts/media/save-in-browser.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";

/** The one file a copy is wanted of, where it is one. */
export interface OneFile {
  readonly root: FileRoot;
  readonly name: string;
}

export type SaveCopy = (paths: readonly string[], one: OneFile | null) => void;

/**
 * Puts copies of what is here where the person chooses: with the desktop's own
 * dialog; in a browser by its own way of saving for one file, else into a folder. `chooser` must be drawn.
 */
export function useSaveCopy(collection: SpaceId): {
  readonly saveCopy: SaveCopy;
  readonly chooser: ReactNode;
} {
  const act = useAct();
  const toast = useToast();
  const { fileUrl } = useShell();
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const save = (paths: readonly string[], folder: Grant) =>
    act(
      "saveCopies",
      { collection, paths, folder: folder.grant },
      {
        done: ({ saved, away }) =>
          toast({ words: savedWords(saved, away, folder.name) }),
      },
    );
  const saveCopy: SaveCopy = (paths, one) =>
    act(
      "pick",
      { what: "folder" },
      {
        done: ({ supported, grants: [folder] }) => {
          if (folder !== undefined) save(paths, folder);
          else if (supported) return;
          else if (one === null) setAsked(paths);
          else saveInBrowser(fileUrl(one.root, one.name), one.name);
        },
      },
    );
  const chooser =
    asked === null ? null : (
      <FolderChooser
        onClose={() => setAsked(null)}
        onChosen={(folder) => {
          setAsked(null);
          save(asked, folder);
        }}
      />
    );
  return { saveCopy, chooser };
}

function savedWords(saved: number, away: number, folder: string): string {
  const left = `${plural(away, "file")} ${away === 1 ? "is" : "are"} not on this computer`;
  if (saved === 0) return `Nothing was saved: ${left}.`;
  const done = `${plural(saved, "file")} saved in “${foreignLine(folder)}”.`;
  return away === 0
    ? done
    : `${done} ${left} and ${away === 1 ? "was" : "were"} left out.`;
}
