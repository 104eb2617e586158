import { useCallback, useState } from "react";

/** Files one below the other with their facts, or side by side with their pictures. */
export type FilesView = "list" | "grid";

const KEY = "commonplace-files-view";

/** The view chosen last on this computer. */
export function useFilesView(): readonly [
  FilesView,
  (view: FilesView) => void,
] {
  const [view, setView] = useState<FilesView>(recall);
  const choose = useCallback((next: FilesView) => {
    setView(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A window that may keep nothing shows it all the same.
    }
  }, []);
  return [view, choose];
}

function recall(): FilesView {
  try {
    return localStorage.getItem(KEY) === "grid" ? "grid" : "list";
  } catch {
    return "list";
  }
}
