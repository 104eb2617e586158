import type { Socket } from "node:net";
import type { Port } from "#core/rpc/wire.ts";

/** One message; more is nobody of ours. */
const LINE_BYTES = 16 * 1024 * 1024;

/** A socket as a port of the contract: one JSON text a line. */
export function controlPort(socket: Socket): Port {
  let onMessage: (message: unknown) => void = () => undefined;
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("error", () => undefined);
  socket.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_BYTES) socket.destroy();
    for (const line of lines) onMessage(readLine(line));
  });
  return {
    post(message) {
      if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onClose(listener) {
      socket.on("close", listener);
    },
    close() {
      socket.destroy();
    },
  };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
