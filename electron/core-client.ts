import type { MessagePortMain } from "electron";
import { createClient } from "#core/rpc/client.ts";
import type { ConnectedClient } from "#core/rpc/client.ts";
import type { Port } from "#core/rpc/wire.ts";

export interface CoreClientOptions {
  /** Gives the core one end of a new line; null when there is no core now. */
  readonly openLine: () => MessagePortMain | null;
  readonly after: (ms: number, task: () => void) => () => void;
}

/** The contract for the main process itself: the tray tells how things stand. */
export function createCoreClient(options: CoreClientOptions): ConnectedClient {
  return createClient({
    timers: { after: options.after },
    connect: () => {
      const line = options.openLine();
      return line === null
        ? Promise.reject(new Error("no core"))
        : Promise.resolve(mainPort(line));
    },
  });
}

function mainPort(line: MessagePortMain): Port {
  let onClose = (): void => undefined;
  line.on("close", () => {
    onClose();
  });
  return {
    post(message) {
      line.postMessage(message);
    },
    onMessage(listener) {
      line.on("message", ({ data }) => {
        listener(data);
      });
      line.start();
    },
    onClose(listener) {
      onClose = listener;
    },
    close() {
      line.close();
    },
  };
}
