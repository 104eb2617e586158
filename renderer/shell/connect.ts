import { DOOR_NAME } from "#core/contract/door.ts";
import type { Door } from "#core/contract/door.ts";
import { isObject } from "#core/rpc/wire.ts";
import { connectBrowser } from "./browser-shell.ts";
import { connectElectron } from "./electron-shell.ts";
import type { Shell } from "./shell.ts";

/**
 * Connects to whatever surrounds the page: Electron's window, or the browser
 * host. The core may still be starting, or gone: the client's `connection` tells.
 * @throws `core-unavailable` in a tab that has no token, or whose host is gone
 */
export async function connectShell(): Promise<Shell> {
  const door: unknown = Reflect.get(window, DOOR_NAME);
  if (isDoor(door)) return connectElectron(door, { onMessage, after });
  return connectBrowser({
    location: window.location,
    history: window.history,
    sessionStorage: window.sessionStorage,
    fetch: (address, init) => window.fetch(address, init),
    createSocket: (address) => new WebSocket(address),
    open: (address) => window.open(address, "_blank", "noopener,noreferrer"),
    after,
  });
}

function isDoor(value: unknown): value is Door {
  return isObject(value) && typeof value["requestLine"] === "function";
}

const onMessage: Parameters<typeof connectElectron>[1]["onMessage"] = (
  listener,
) => {
  const heard = (event: MessageEvent<unknown>) => {
    const isOwn = event.source === window;
    listener({ data: event.data, isOwn, ports: event.ports });
  };
  window.addEventListener("message", heard);
  return () => {
    window.removeEventListener("message", heard);
  };
};

function after(ms: number, task: () => void): () => void {
  const timer = window.setTimeout(task, ms);
  return () => {
    window.clearTimeout(timer);
  };
}
