import c from "compact-encoding";
import type Protomux from "protomux";
import type * as v from "valibot";
import { safeParse } from "valibot";
import { MESSAGE_BYTES } from "#core/contract/limits.ts";

/** What a channel needs of its session: where broken rules are counted. */
export interface Faults {
  fault(rule: string): void;
}

export interface JsonChannel {
  /** Sends one message of a kind; silently nothing once the channel is closed. */
  send(kind: number, message: unknown): void;
}

/** What is being done with messages of a line, so that a closing app can wait for it. */
const handling = new WeakMap<Protomux, Set<Promise<void>>>();

/** Resolves when every message that came over a line has been dealt with. */
export async function messagesHandled(mux: Protomux): Promise<void> {
  await Promise.all(handling.get(mux) ?? new Set<Promise<void>>());
}

/** Ties a schema to its handler, so that a list of kinds keeps each one's type. */
export function messageKind<T>(
  schema: v.GenericSchema<unknown, T>,
  handle: (message: T) => void | Promise<void>,
): (json: unknown) => Promise<boolean> {
  return async (json) => {
    const read = safeParse(schema, json);
    if (!read.success) return false;
    await handle(read.output);
    return true;
  };
}

/**
 * Opens a channel of JSON messages on a line. Every message is size-checked,
 * parsed and schema-checked before use; what fails counts as a fault, and a
 * handler that throws ends the line, not the app (HO1).
 *
 * The order of `kinds` is the number on the wire: only ever add at the end.
 */
export function openJsonChannel(
  mux: Protomux,
  protocol: string,
  faults: Faults & { end(rule: string, error: unknown): void },
  kinds: readonly ((json: unknown) => Promise<boolean>)[],
  onOpen: () => void,
): JsonChannel {
  function receive(kind: (json: unknown) => Promise<boolean>, bytes: Buffer) {
    if (bytes.length > MESSAGE_BYTES) {
      faults.fault("message-large");
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(bytes.toString());
    } catch {
      faults.fault("message-not-json");
      return;
    }
    const handled = kind(json)
      .then(
        (isGood) => {
          if (!isGood) faults.fault("message-shape");
        },
        (error: unknown) => {
          faults.end("handler", error);
        },
      )
      .finally(() => pending.delete(handled));
    pending.add(handled);
  }
  const pending = handling.get(mux) ?? new Set();
  handling.set(mux, pending);
  const channel = mux.createChannel({
    protocol,
    unique: true,
    messages: kinds.map((kind) => ({
      encoding: c.raw,
      onmessage(bytes: Buffer) {
        receive(kind, bytes);
      },
    })),
    onopen: onOpen,
  });
  channel?.open();
  return {
    send(kind, message) {
      if (channel === null || channel.closed) return;
      channel.messages[kind]?.send(Buffer.from(JSON.stringify(message)));
    },
  };
}
