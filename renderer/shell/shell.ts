import type { CoreClient } from "#core/contract/client.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";

/**
 * What surrounds the page: Electron's window, or a browser tab served by the
 * loopback host. The same interface in both; screens never ask which it is.
 */
export interface Shell {
  readonly client: CoreClient;
  /** The address bytes of a file are streamed from, with ranges; fetched and verified on demand. */
  fileUrl(root: FileRoot, name: string): string;
  /** Hands a dropped, pasted or chosen file to the core. Null when it cannot be reached (a folder dropped in a browser). */
  grant(file: File): Promise<Grant | null>;
  /** Opens an https, http or mailto address outside; callers show the host first. */
  openOutside(address: string): void;
  /** Links the app was opened with, also while it runs. Never acted on before a page was shown. */
  onLink(listener: (link: string) => void): () => void;
}
