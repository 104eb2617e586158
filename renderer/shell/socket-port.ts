import type { Port } from "#core/rpc/wire.ts";

/** A browser's web socket, as far as it is used. */
export interface PageSocket {
  readonly readyState: number;
  close(): void;
  send(text: string): void;
  addEventListener(
    type: "open" | "message" | "close",
    listener: (event: Event) => void,
    options?: { readonly once: boolean },
  ): void;
}

const OPEN = 1;

/** An open web socket as a port of the contract: one JSON text a message. */
export function socketPort(socket: PageSocket): Port {
  return {
    post(message) {
      if (socket.readyState === OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.addEventListener("message", (event) => {
        listener(readText(event instanceof MessageEvent ? event.data : null));
      });
    },
    onClose(listener) {
      socket.addEventListener("close", () => {
        listener();
      });
    },
    close() {
      socket.close();
    },
  };
}

/** A message as a value; null, which is no message, for anything else. */
export function readText(data: unknown): unknown {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
