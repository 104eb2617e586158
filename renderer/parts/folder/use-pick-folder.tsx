import type { ReactNode } from "react";
import { useState } from "react";
import type { Grant } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { FolderChooser } from "./folder-chooser.tsx";

/**
 * Lets a person choose a folder: with the desktop's own dialog where there is
 * one, else with ours. `chooser` must be drawn by the caller.
 */
export function usePickFolder(onChosen: (folder: Grant) => void): {
  readonly pick: () => void;
  readonly chooser: ReactNode;
} {
  const act = useAct();
  const [isOpen, setOpen] = useState(false);
  const pick = () =>
    act(
      "pick",
      { what: "folder" },
      {
        done: ({ supported, grants }) => {
          const [folder] = grants;
          if (!supported) setOpen(true);
          else if (folder !== undefined) onChosen(folder);
        },
      },
    );
  const chooser = isOpen ? (
    <FolderChooser
      onClose={() => setOpen(false)}
      onChosen={(folder) => {
        setOpen(false);
        onChosen(folder);
      }}
    />
  ) : null;
  return { pick, chooser };
}
