import type { Session, WebContents } from "electron";
import { isOwnPage, isOwnRequest } from "./origin.ts";

/** Writing to the clipboard on a click, and a film that fills the screen. Nothing else, for nobody else. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set([
  "clipboard-sanitized-write",
  "fullscreen",
]);

export type LockedSession = Pick<
  Session,
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
> & {
  readonly webRequest: Pick<Session["webRequest"], "onBeforeRequest">;
  on(
    event: "will-download",
    listener: (
      event: { preventDefault(): void },
      item: { getURL(): string },
    ) => void,
  ): unknown;
};

/** Denies everything that a page of ours does not need, and every request that would leave the app. */
export function lockSession(session: LockedSession): void {
  const isAllowed = (permission: string, url: string | undefined) =>
    ALLOWED_PERMISSIONS.has(permission) && isOwnPage(url ?? "");
  session.setPermissionRequestHandler(
    (_contents, permission, answer, details) => {
      answer(isAllowed(permission, details.requestingUrl));
    },
  );
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwnRequest(url) });
  });
  session.on("will-download", (event, item) => {
    const url = item.getURL();
    if (url.startsWith("devtools:") || !isOwnRequest(url))
      event.preventDefault();
  });
}

type Stoppable = { preventDefault(): void };

export type LockedContents = Pick<WebContents, "setWindowOpenHandler"> & {
  on(
    event:
      | "will-navigate"
      | "will-frame-navigate"
      | "will-redirect"
      | "will-attach-webview",
    listener: (event: Stoppable) => void,
  ): unknown;
};

/** The page stays where it is: no navigation, no second window, no guest page. */
export function lockContents(contents: LockedContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  const stop = (event: Stoppable) => {
    event.preventDefault();
  };
  contents.on("will-navigate", stop);
  contents.on("will-frame-navigate", stop);
  contents.on("will-redirect", stop);
  contents.on("will-attach-webview", stop);
}
