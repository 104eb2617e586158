import { connect } from "node:net";
import type { Address } from "./port.ts";

/** Who is on one network takes a connection in milliseconds. */
const KNOCK_MS = 2_000;

/** Whether a device takes a connection at an address; nothing is said on it. */
export function knock({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: KNOCK_MS });
    function end(isThere: boolean): void {
      socket.destroy();
      resolve(isThere);
    }
    socket.on("connect", () => {
      end(true);
    });
    socket.on("timeout", () => {
      end(false);
    });
    socket.on("error", () => {
      end(false);
    });
  });
}
