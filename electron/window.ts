import type { BrowserWindowConstructorOptions } from "electron";
import type { WindowState } from "./window-state.ts";

/** The smallest window in which the interface can be used. */
const SMALLEST = { minWidth: 360, minHeight: 480 } as const;
/** The page's own background, so that nothing flashes before it is drawn. */
const LIGHT_PAPER = "#f8f4ed";
const DARK_PAPER = "#171411";
const USUAL = { width: 1280, height: 860 } as const;

/** The page and whatever it shows run with no more rights than a web page has. */
export function windowOptions(
  preload: string,
  state: WindowState | null,
  isDark: boolean,
): BrowserWindowConstructorOptions {
  const place =
    state === null
      ? USUAL
      : { x: state.x, y: state.y, width: state.width, height: state.height };
  return {
    ...SMALLEST,
    ...place,
    title: "Commonplace",
    // Shown when there is something to see.
    show: false,
    backgroundColor: isDark ? DARK_PAPER : LIGHT_PAPER,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // Chromium fetches its dictionaries from a server.
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  };
}
