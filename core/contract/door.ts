/**
 * What Electron's preload lets the page reach, under `window.commonplace`.
 * Nothing here names a path, a channel or a file that the person did not pick.
 */
export interface Door {
  /**
   * Asks for a new line to the core. When the answer is true, a window message
   * `LINE_MESSAGE` with one message port follows; false when there is no core now.
   */
  requestLine(): Promise<boolean>;
  /** Grants a `File` that was dropped, pasted or chosen; one without a place on disk is handed over whole. */
  grant(file: unknown): Promise<unknown>;
  /** Opens an https, http or mailto address outside the app. */
  openOutside(address: string): void;
  /** Links the app was opened with, those that came earlier first. One listener. */
  onLink(listener: (link: string) => void): void;
}

export const DOOR_NAME = "commonplace";
export const LINE_MESSAGE = "commonplace:line";
