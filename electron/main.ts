import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  Tray,
  app,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from "electron";
import type { MessagePortMain } from "electron";
import { dataPlace } from "#core/rpc/data-place.ts";
import { CHANNELS } from "./channels.ts";
import { createCoreClient } from "./core-client.ts";
import { createCoreLink } from "./core-link.ts";
import type { CoreLink } from "./core-link.ts";
import { startCoreProcess } from "./core-process.ts";
import { CORE_ENV, CORE_FLAGS } from "./core-flags.mjs";
import type { CoreProcess } from "./core-process.ts";
import { createDesktop } from "./desktop.ts";
import { readFileResponse } from "./file-response.ts";
import { openKeyring } from "./keyring.ts";
import { collectLinks } from "./link-inbox.ts";
import { lockContents, lockSession } from "./lockdown.ts";
import { menuTemplate } from "./menu.ts";
import { readOptions } from "./options.ts";
import { PAGE_SCHEME, PAGE_URL } from "./origin.ts";
import { openDoor } from "./page-door.ts";
import { createPageProtocol } from "./page-protocol.ts";
import { closeBeforeQuit } from "./quit.ts";
import { reloadWhenGone } from "./page-crashes.ts";
import { askAfterGivingUp } from "./given-up.ts";
import { readStaysOn, writeStaysOn } from "./stays-on.ts";
import { followInTray } from "./tray.ts";
import { trayIcon, TRAY_ICON_SIZE } from "./tray-icon.ts";
import { windowOptions } from "./window.ts";
import { readWindowState, writeWindowState } from "./window-state.ts";

/* Everything before the app is ready: these have no effect, or none that is right, later. */

const { platform, env, argv } = process;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const options = readOptions(
  argv.slice(1),
  dataPlace({ platform, home: homedir(), env }),
);
// A data folder of one's own has a profile of its own, so that two can run beside each other.
if (options.hasOwnFolder)
  app.setPath("userData", join(options.dataFolder, "window"));
// Without the sandbox of the operating system (as root) this would end every child at once.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: PAGE_SCHEME,
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
    },
  },
]);
if (app.isPackaged) app.setAsDefaultProtocolClient("commonplace");

let window: BrowserWindow | null = null;
let core: CoreProcess<MessagePortMain> | null = null;
let link: CoreLink | null = null;
/** Kept, or it would be collected and vanish from the screen. */
let tray: Tray | null = null;
let staysOn = false;

const links = collectLinks({ args: argv, app, onWanted: showWindow });

if (app.requestSingleInstanceLock()) app.whenReady().then(start, fail);
else app.quit();

/* The app is ready. */

async function start(): Promise<void> {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(platform, app.isPackaged)),
  );
  lockSession(session.defaultSession);
  const keyring = await openKeyring(safeStorage, platform);
  const desktop = createDesktop({ dialog, shell, window: () => window });
  const running = startCoreProcess<MessagePortMain>({
    fork: () =>
      utilityProcess.fork(here("../core/main.js"), [], {
        serviceName: "Commonplace core",
        env: { ...process.env, ...CORE_ENV },
        execArgv: [`--js-flags=${CORE_FLAGS.join(" ")}`],
      }),
    start: {
      dataFolder: options.dataFolder,
      bootstrap: options.bootstrap,
      loopback: options.loopback,
    },
    hasKeyring: keyring !== null,
    onMessage: (message) => link?.receive(message),
    onGivenUp: giveUp,
    after,
  });
  core = running;
  link = createCoreLink({
    post: (message) => running.post(message),
    keyring,
    desktop,
  });
  closeBeforeQuit(app, () => running.close());
  powerMonitor.on("resume", () => {
    running.post({ kind: "wake" });
  });

  protocol.handle(
    PAGE_SCHEME,
    createPageProtocol({
      pageFolder: here("../renderer"),
      readFile,
      openFile(asked, isHead) {
        const { port1, port2 } = new MessageChannelMain();
        return running.post({ kind: "file", ...asked }, [port2])
          ? readFileResponse(port1, isHead)
          : null;
      },
    }),
  );
  openDoor({
    ipc: ipcMain,
    giveLine({ sender }) {
      const { port1, port2 } = new MessageChannelMain();
      if (!running.post({ kind: "page" }, [port1])) return false;
      sender.postMessage(CHANNELS.line, null, [port2]);
      return true;
    },
    grant: (path) => link?.grant(path) ?? Promise.resolve(null),
    keep: (bytes, name) => link?.keep(bytes, name) ?? Promise.resolve(null),
    openExternal: (address) => shell.openExternal(address),
    giveLinks({ sender }) {
      links.take((text) => {
        sender.send(CHANNELS.link, text);
      });
    },
  });
  openTray(running);
  showWindow();
}

/** The sign beside the clock. A system that has no place for one shows none, and nothing depends on it. */
function openTray(running: CoreProcess<MessagePortMain>): void {
  const choice = join(app.getPath("userData"), "tray.json");
  staysOn = readStaysOn(choice);
  const picture = (shape: Parameters<typeof trayIcon>[0]) => {
    const size = { width: TRAY_ICON_SIZE, height: TRAY_ICON_SIZE };
    const bitmap = trayIcon(shape, nativeTheme.shouldUseDarkColors);
    return nativeImage.createFromBitmap(bitmap, { ...size, scaleFactor: 2 });
  };
  const placed = new Tray(picture("hollow"));
  tray = placed;
  placed.on("click", showWindow);
  const draw = followInTray({
    client: createCoreClient({
      after,
      openLine() {
        const { port1, port2 } = new MessageChannelMain();
        return running.post({ kind: "page" }, [port1]) ? port2 : null;
      },
    }),
    place: {
      setShape(shape) {
        placed.setImage(picture(shape));
      },
      setTip(words) {
        placed.setToolTip(words);
      },
      setMenu(items) {
        placed.setContextMenu(Menu.buildFromTemplate(items));
      },
    },
    staysOn: () => staysOn,
    actions: {
      show: showWindow,
      setStaysOn(next) {
        staysOn = next;
        writeStaysOn(choice, next);
        draw();
      },
      quit: () => {
        app.quit();
      },
    },
  });
}

/** Opens the window, or brings the one there is to the front. */
function showWindow(): void {
  if (!app.isReady() || core === null) return;
  if (window !== null) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return;
  }
  window = openWindow();
}

function openWindow(): BrowserWindow {
  const path = join(app.getPath("userData"), "window.json");
  const state = readWindowState(
    path,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const opened = new BrowserWindow(
    windowOptions(
      here("./preload.cjs"),
      state,
      nativeTheme.shouldUseDarkColors,
    ),
  );
  if (state?.isMaximized === true) opened.maximize();
  opened.once("ready-to-show", () => {
    opened.show();
  });
  opened.on("close", () => {
    const isMaximized = opened.isMaximized();
    writeWindowState(path, { ...opened.getNormalBounds(), isMaximized });
  });
  opened.on("closed", () => {
    links.hold();
    window = null;
  });
  // Until the new page asks for them, links wait again.
  opened.webContents.on("did-start-loading", () => {
    links.hold();
  });
  reloadWhenGone(opened.webContents, () => {
    giveUp(null);
  });
  // A page that could not be loaded at once (a reload in between) is shown all the same.
  opened.loadURL(PAGE_URL).catch(() => {
    if (!opened.isDestroyed()) opened.show();
  });
  return opened;
}

function giveUp(code: string | null): void {
  askAfterGivingUp(dialog, code, {
    again() {
      core?.restart();
      window?.webContents.reload();
    },
    quit() {
      app.quit();
    },
  }).catch(fail);
}

app.on("web-contents-created", (_event, contents) => {
  lockContents(contents);
});
app.on("activate", showWindow);
app.on("window-all-closed", () => {
  if (platform !== "darwin" && !(staysOn && tray !== null)) app.quit();
});

/** What should not happen, and leaves nothing to show. */
function fail(error: unknown): void {
  process.stderr.write(`${String(error)}\n`);
  app.exit(1);
}

function after(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms);
  return () => {
    clearTimeout(timer);
  };
}
