import { LINE_MESSAGE } from "#core/contract/door.ts";
import type { Door } from "#core/contract/door.ts";
import { CoreError } from "#core/contract/errors.ts";
import { createClient } from "#core/rpc/client.ts";
import type { Port } from "#core/rpc/wire.ts";
import { channelPort } from "./channel-port.ts";
import type { EventPort } from "./channel-port.ts";
import { createLinks } from "./links.ts";
import { readGrant } from "./read-grant.ts";
import type { Shell } from "./shell.ts";

/** A port that was promised comes within this time, or something died on the way. */
const LINE_WAIT_MS = 5_000;

/** A message to the window that may carry ports. */
export interface WindowMessage {
  readonly data: unknown;
  /** Whether it was this window that sent it, as the preload does. */
  readonly isOwn: boolean;
  readonly ports: readonly EventPort[];
}

export interface ElectronWindow {
  /** Calls back for each message until the answer is called. */
  onMessage(listener: (message: WindowMessage) => void): () => void;
  readonly after: (ms: number, task: () => void) => () => void;
}

/** The shell of Electron's window, through the preload's door. */
export function connectElectron(door: Door, window: ElectronWindow): Shell {
  function connect(): Promise<Port> {
    return new Promise((resolve, reject) => {
      function settle(act: () => void): void {
        cancel();
        ignore();
        act();
      }
      function refuse(): void {
        settle(() => {
          reject(new CoreError("core-unavailable", {}));
        });
      }
      const ignore = window.onMessage(({ data, isOwn, ports: [port] }) => {
        if (!isOwn || data !== LINE_MESSAGE || port === undefined) return;
        settle(() => {
          resolve(channelPort(port));
        });
      });
      const cancel = window.after(LINE_WAIT_MS, refuse);
      door.requestLine().then((isComing) => {
        if (!isComing) refuse();
      }, refuse);
    });
  }

  const links = createLinks();
  door.onLink(links.deliver);
  return {
    client: createClient({ connect, timers: { after: window.after } }),
    fileUrl: (root, name) =>
      `app://bundle/file/${root}?name=${encodeURIComponent(name)}`,
    async grant(file) {
      const answer = await door.grant(file);
      return answer === null ? null : readGrant(answer);
    },
    openOutside: (address) => {
      door.openOutside(address);
    },
    onLink: links.onLink,
  };
}
