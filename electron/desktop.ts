import type { BrowserWindow, Dialog, Shell } from "electron";
import { isOpenable } from "#core/rpc/openable.ts";

export interface DesktopParts {
  readonly dialog: Pick<Dialog, "showOpenDialog">;
  readonly shell: Pick<Shell, "openPath" | "showItemInFolder">;
  /** The window a dialog belongs to. */
  readonly window: () => BrowserWindow | null;
}

export interface DesktopPort {
  pick(what: "folder" | "files"): Promise<readonly string[]>;
  open(path: string): Promise<void>;
  show(path: string): void;
}

/** The desktop's own dialogs and file manager. */
export function createDesktop(parts: DesktopParts): DesktopPort {
  const { dialog, shell } = parts;

  function show(path: string): void {
    shell.showItemInFolder(path);
  }

  return {
    show,
    async pick(what) {
      const options: Electron.OpenDialogOptions = {
        properties:
          what === "folder"
            ? ["openDirectory", "createDirectory"]
            : ["openFile", "multiSelections"],
      };
      const window = parts.window();
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      return canceled ? [] : filePaths;
    },
    async open(path) {
      // A received file must not run by a click: what is not known to be harmless is shown in its folder.
      if (!isOpenable(path)) {
        show(path);
        return;
      }
      const problem = await shell.openPath(path);
      if (problem !== "") show(path);
    },
  };
}
