import type { MessagePort } from "node:worker_threads";
import type { Port } from "#core/rpc/wire.ts";

/** Node's own message port as a port of the contract. */
export function nodePort(channel: MessagePort): Port {
  return {
    post(message) {
      channel.postMessage(message);
    },
    onMessage(listener) {
      channel.on("message", listener);
    },
    onClose(listener) {
      channel.on("close", listener);
    },
    close() {
      channel.close();
    },
  };
}
