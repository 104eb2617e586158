import type { CoreClient } from "#core/contract/client.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { CoreMethod, MethodOutput } from "#core/contract/methods.ts";
import { createState } from "#core/base/state.ts";
import { createRemoteStates } from "./remote-states.ts";
import type { Timers } from "./watch.ts";
import { isObject, readError, readReply } from "./wire.ts";
import type { Port, Request } from "./wire.ts";

/** How long to wait before each new attempt to reach the core; the last one repeats. */
export const RECONNECT_PAUSES_MS = [1_000, 4_000, 15_000] as const;

export interface ClientOptions {
  /** Makes a new line to the core; rejects when there is none now. */
  connect(): Promise<Port>;
  readonly timers: Timers;
  /** Told of a watch that the core refused or lost: a bug, the state keeps its last value. */
  onWatchError?(error: CoreError): void;
}

export interface ConnectedClient extends CoreClient {
  /** Ends the line and makes no new one. */
  close(): void;
}

interface OpenCall {
  answer(value: unknown): void;
  reject(error: CoreError): void;
}

/**
 * The contract over a line that may break. Calls that are open when it breaks,
 * or made while it is down, reject with `core-unavailable`; states keep their
 * value and are watched again when the line is back. The first connection
 * starts at once; calls made while it is being made wait for it.
 */
export function createClient(options: ClientOptions): ConnectedClient {
  const { timers } = options;
  const connection = createState<"up" | "down">("down");
  const calls = new Map<number, OpenCall>();
  let lastId = 0;
  let port: Port | null = null;
  let failures = 0;
  let isClosed = false;
  let cancelRetry = (): void => undefined;
  /** Requests from before the first connection was made or refused. */
  let early: Request[] | null = [];

  function post(request: Request): void {
    if (port !== null) port.post(request);
    else early?.push(request);
  }

  const states = createRemoteStates({
    nextId: () => ++lastId,
    watch(id, state, params) {
      // Watches are made anew for each line; nothing to keep for later.
      if (port !== null) post({ kind: "watch", id, state, params });
    },
    unwatch(id) {
      if (port !== null) post({ kind: "unwatch", id });
    },
  });

  function receive(message: unknown): void {
    const reply = readReply(message);
    if (reply === null) return;
    // Only a line that carries something ends a row of failures, so that one that opens and breaks does not spin.
    failures = 0;
    if (reply.kind === "value") {
      states.take(reply.id, reply.value);
      return;
    }
    const call = calls.get(reply.id);
    calls.delete(reply.id);
    if (reply.kind === "answer") call?.answer(reply.value);
    else {
      const error = readError(reply.code, reply.details) ?? unavailable();
      if (call === undefined) options.onWatchError?.(error);
      else call.reject(error);
    }
  }

  function lose(): void {
    port = null;
    early = null;
    const lost = [...calls.values()];
    calls.clear();
    connection.set("down");
    for (const call of lost) call.reject(unavailable());
    if (isClosed) return;
    const pause = RECONNECT_PAUSES_MS[failures] ?? RECONNECT_PAUSES_MS[2];
    failures++;
    cancelRetry = timers.after(pause, connect);
  }

  function open(next: Port): void {
    if (isClosed) {
      next.close();
      return;
    }
    port = next;
    next.onMessage(receive);
    next.onClose(lose);
    const waiting = early ?? [];
    early = null;
    states.rewatch();
    for (const request of waiting) post(request);
    connection.set("up");
  }

  function connect(): void {
    options.connect().then(open, lose);
  }

  connect();

  return {
    call(method, input) {
      return new Promise((resolve, reject) => {
        if (port === null && early === null) {
          reject(unavailable());
          return;
        }
        const id = ++lastId;
        calls.set(id, {
          answer(value) {
            if (isOutput(method, value)) resolve(value);
            else reject(new CoreError("internal", { report: "-" }));
          },
          reject,
        });
        try {
          post({ kind: "call", id, method, input });
        } catch {
          calls.delete(id);
          reject(
            new CoreError("invalid-input", { issues: ["cannot be sent"] }),
          );
        }
      });
    },
    state: (name, params) => states.get(name, params),
    connection: {
      peek: () => connection.peek(),
      subscribe: (listener) => connection.subscribe(listener),
    },
    close() {
      isClosed = true;
      cancelRetry();
      if (port !== null) port.close();
      else lose();
    },
  };
}

function unavailable(): CoreError {
  return new CoreError("core-unavailable", {});
}

/**
 * The two ends are one build and the core is trusted: an answer is taken to be
 * what its method answers. Every method answers an object.
 */
function isOutput<M extends CoreMethod>(
  _method: M,
  value: unknown,
): value is MethodOutput<M> {
  return isObject(value);
}
