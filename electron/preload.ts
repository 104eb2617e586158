import { contextBridge, ipcRenderer, webUtils } from "electron";
import { DOOR_NAME, LINE_MESSAGE } from "#core/contract/door.ts";
import type { Door } from "#core/contract/door.ts";
import { CHANNELS } from "./channels.ts";

/** The page's only way out. It can name no channel, and no path: only files a person handed to it. */
const door: Door = {
  async requestLine() {
    const isComing: unknown = await ipcRenderer.invoke(CHANNELS.line);
    return isComing === true;
  },
  async grant(file) {
    if (!(file instanceof File)) return null;
    // Empty for a file that was pasted or that a script made.
    const path = webUtils.getPathForFile(file);
    const answer: unknown =
      path === ""
        ? await ipcRenderer.invoke(
            CHANNELS.keep,
            new Uint8Array(await file.arrayBuffer()),
            file.name,
          )
        : await ipcRenderer.invoke(CHANNELS.grant, path);
    return answer;
  },
  openOutside(address) {
    ipcRenderer.send(CHANNELS.outside, address);
  },
  onLink(listener) {
    ipcRenderer.removeAllListeners(CHANNELS.link);
    ipcRenderer.on(CHANNELS.link, (_event, link: unknown) => {
      if (typeof link === "string") listener(link);
    });
    ipcRenderer.send(CHANNELS.links);
  },
};

// A port cannot pass the bridge; it reaches the page as a message of its own window.
ipcRenderer.on(CHANNELS.line, ({ ports }) => {
  window.postMessage(LINE_MESSAGE, window.location.origin, ports);
});
contextBridge.exposeInMainWorld(DOOR_NAME, door);
