import type { Port } from "#core/rpc/wire.ts";

/** Two ports joined in this process; each message is copied, and arrives in a later task. */
export function createPortPair(): readonly [Port, Port] {
  const a = half(() => b);
  const b: Half = half(() => a);
  return [a, b];
}

interface Half extends Port {
  arrive(message: unknown): void;
  closed(): void;
}

function half(other: () => Half): Half {
  let onMessage: ((message: unknown) => void) | null = null;
  let onClose = (): void => undefined;
  let isClosed = false;
  const early: unknown[] = [];
  return {
    post(message) {
      if (isClosed) return;
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        other().arrive(copy);
      });
    },
    onMessage(listener) {
      onMessage = listener;
      for (const message of early.splice(0)) listener(message);
    },
    onClose(listener) {
      onClose = listener;
    },
    close() {
      this.closed();
      setImmediate(() => {
        other().closed();
      });
    },
    arrive(message) {
      if (isClosed) return;
      if (onMessage === null) early.push(message);
      else onMessage(message);
    },
    closed() {
      if (isClosed) return;
      isClosed = true;
      onClose();
    },
  };
}
