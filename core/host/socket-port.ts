import type { RawData, WebSocket } from "ws";
import type { Port } from "#core/rpc/wire.ts";

/** Text waiting for a page that does not read; then it is cut, and will come back. */
const UNREAD_BYTES = 64 * 1024 * 1024;

/** A web socket as a port of the contract: one JSON text a message. */
export function socketPort(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(message));
      if (socket.bufferedAmount > UNREAD_BYTES) socket.terminate();
    },
    onMessage(listener) {
      socket.on("message", (data, isBinary) => {
        listener(isBinary ? null : readJson(data));
      });
    },
    onClose(listener) {
      socket.on("close", listener);
    },
    close() {
      socket.close();
    },
  };
}

/** A message as a value; null, which is no message, for anything else. */
export function readJson(data: RawData): unknown {
  if (!Buffer.isBuffer(data)) return null;
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return null;
  }
}
