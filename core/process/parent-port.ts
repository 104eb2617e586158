import { isObject } from "#core/rpc/wire.ts";
import type { Port } from "#core/rpc/wire.ts";

/** A message port as Electron gives it to a utility process. */
export interface ProcessPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The line to the main process that Electron gives a utility process; structural, so that the core does not know Electron. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: "message",
    listener: (event: {
      readonly data: unknown;
      readonly ports: readonly ProcessPort[];
    }) => void,
  ): unknown;
}

/** The parent port of a utility process; null in any other process. */
export function readParentPort(process: object): ParentPort | null {
  const port: unknown = Reflect.get(process, "parentPort");
  return isParentPort(port) ? port : null;
}

function isParentPort(value: unknown): value is ParentPort {
  return isObject(value) && typeof value["postMessage"] === "function";
}

/** Such a port as a port of the contract. */
export function processPort(port: ProcessPort): Port {
  let isClosed = false;
  let onClose = (): void => undefined;
  function closed(): void {
    if (isClosed) return;
    isClosed = true;
    onClose();
  }
  port.on("close", closed);
  return {
    post(message) {
      if (!isClosed) port.postMessage(message);
    },
    onMessage(listener) {
      port.on("message", (event) => {
        listener(event.data);
      });
      port.start();
    },
    onClose(listener) {
      onClose = listener;
    },
    close() {
      port.close();
      closed();
    },
  };
}
