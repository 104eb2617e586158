import type { Port } from "#core/rpc/wire.ts";

/** A `MessagePort`, as far as it is used. */
export interface EventPort {
  postMessage(message: unknown): void;
  addEventListener(
    type: "message" | "close",
    listener: (event: Event) => void,
  ): void;
  start(): void;
  close(): void;
}

/** A `MessagePort` as a port of the contract. */
export function channelPort(channel: EventPort): Port {
  let isClosed = false;
  let onClose = (): void => undefined;

  // The event tells of the other end only; closing this one tells nobody.
  function closed(): void {
    if (isClosed) return;
    isClosed = true;
    onClose();
  }

  channel.addEventListener("close", closed);
  return {
    post(message) {
      if (!isClosed) channel.postMessage(message);
    },
    onMessage(listener) {
      channel.addEventListener("message", (event) => {
        listener(event instanceof MessageEvent ? event.data : null);
      });
      channel.start();
    },
    onClose(listener) {
      onClose = listener;
    },
    close() {
      channel.close();
      closed();
    },
  };
}
