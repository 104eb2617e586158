import type { PreviewFile } from "./preview-file.ts";
import type { PreviewActions } from "./use-preview-actions.ts";

/** What every view of a file is given. */
export interface ViewProps {
  readonly file: PreviewFile;
  readonly address: string;
  readonly beside: readonly PreviewFile[];
  readonly actions: PreviewActions;
}
