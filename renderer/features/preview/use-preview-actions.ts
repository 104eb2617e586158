import { useState } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { isProgram } from "#renderer/parts/media/is-program.ts";
import { saveInBrowser } from "#renderer/parts/media/save-in-browser.ts";
import type { PreviewFile } from "./preview-file.ts";

/** What can be done with the file in view; null for what cannot be done now. */
export interface PreviewActions {
  readonly openElsewhere: (() => void) | null;
  readonly showInFolder: (() => void) | null;
  readonly download: (() => void) | null;
  /** A copy through the browser's own saving, for what hangs on a post. */
  readonly save: (() => void) | null;
  readonly close: () => void;
}

/** The same, with the question that stands before a program is opened. */
export interface AskingActions extends PreviewActions {
  readonly asked: PreviewFile | null;
  readonly answer: (file: PreviewFile | null) => void;
}

/**
 * @param download fetches one path of the collection the preview stands in
 */
export function usePreviewActions(
  file: PreviewFile | null | undefined,
  download: ((path: string) => void) | null,
  close: () => void,
): AskingActions {
  const act = useAct();
  const { fileUrl } = useShell();
  const [asked, setAsked] = useState<PreviewFile | null>(null);
  const nothing: AskingActions = {
    openElsewhere: null,
    showInFolder: null,
    download: null,
    save: null,
    close,
    asked: null,
    answer: () => {},
  };
  if (file === undefined || file === null) return nothing;
  const { place } = file;
  if (place === null)
    return {
      ...nothing,
      save: () => saveInBrowser(fileUrl(file.root, file.name), file.name),
    };
  const reach = (
    how: "open" | "show",
    at: { readonly collection: SpaceId; readonly path: string },
  ) => act("openFile", { ...at, how });
  const here = file.isHere;
  const isComing = ["coming", "waiting"].includes(file.state?.stage ?? "");
  return {
    ...nothing,
    openElsewhere: here
      ? () => {
          if (!file.from.isMe && isProgram(file.name)) setAsked(file);
          else reach("open", place);
        }
      : null,
    showInFolder: here ? () => reach("show", place) : null,
    download:
      here || isComing || download === null ? null : () => download(place.path),
    asked,
    answer: (answered) => {
      setAsked(null);
      if (answered?.place) reach("open", answered.place);
    },
  };
}
