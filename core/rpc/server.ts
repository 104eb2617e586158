import * as v from "valibot";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { CoreMethod } from "#core/contract/methods.ts";
import type { CoreStateName } from "#core/contract/states.ts";
import { methodSchemas, stateSchemas } from "#core/contract/schemas.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Handlers, StateSources } from "./handlers.ts";
import { MESSAGE_UNITS, isWithin } from "./size.ts";
import { watchState } from "./watch.ts";
import type { Timers } from "./watch.ts";
import { readRequest } from "./wire.ts";
import type { Port, Reply, Request } from "./wire.ts";

/** States one page may watch at a time: a page of ours watches about ten. */
export const WATCHES = 256;
/** Calls of one page that may be under way at a time. */
export const OPEN_CALLS = 1024;
/** Messages that were no request at all, after which the port is closed. */
export const FAULTS = 64;

export interface ServeOptions {
  readonly handlers: Handlers;
  readonly states: StateSources;
  readonly logger: Logger;
  readonly timers: Timers;
}

/**
 * Serves the contract on a port until it closes. Nothing that arrives is
 * believed: names are own properties of the contract, inputs pass their schema,
 * and a throw becomes an error reply, never an uncaught one.
 */
export function serve(port: Port, options: ServeOptions): void {
  const { handlers, states, logger, timers } = options;
  const watches = new Map<number, () => void>();
  let openCalls = 0;
  let faults = 0;
  let isClosed = false;

  function reply(message: Reply): void {
    if (!isClosed) port.post(message);
  }

  function fail(id: number, error: unknown, where: string): void {
    if (isCoreError(error)) {
      reply({ kind: "error", id, code: error.code, details: error.details });
      return;
    }
    if (isAbort(error)) {
      reply({ kind: "error", id, code: "cancelled", details: {} });
      return;
    }
    const report = logger.bug(error, where);
    reply({ kind: "error", id, code: "internal", details: { report } });
  }

  async function run<M extends CoreMethod>(
    method: M,
    input: unknown,
  ): Promise<unknown> {
    return handlers[method](checked(methodSchemas[method], input));
  }

  async function call(id: number, method: string, input: unknown) {
    openCalls++;
    try {
      if (openCalls > OPEN_CALLS) throw invalid("too many calls at a time");
      if (!isMethod(method)) throw invalid("no such method");
      const value = await run(method, input);
      reply({ kind: "answer", id, value });
    } catch (error) {
      fail(id, error, isMethod(method) ? `call ${method}` : "call");
    } finally {
      openCalls--;
    }
  }

  function source<S extends CoreStateName>(name: S, params: unknown) {
    return states[name](checked(stateSchemas[name], params));
  }

  function watch(id: number, name: string, params: unknown): void {
    unwatch(id);
    const where = isStateName(name) ? `watch ${name}` : "watch";
    try {
      if (watches.size >= WATCHES) throw invalid("too many watches");
      if (!isStateName(name)) throw invalid("no such state");
      const end = watchState<unknown>(
        source(name, params),
        timers,
        (value) => {
          reply({ kind: "value", id, value });
        },
        (error) => {
          watches.delete(id);
          fail(id, error, where);
        },
      );
      watches.set(id, end);
    } catch (error) {
      fail(id, error, where);
    }
  }

  function unwatch(id: number): void {
    watches.get(id)?.();
    watches.delete(id);
  }

  function handle(request: Request): void {
    if (request.kind === "watch")
      watch(request.id, request.state, request.params);
    else if (request.kind === "unwatch") unwatch(request.id);
    else
      logger.background(
        "answering a call",
        call(request.id, request.method, request.input),
      );
  }

  port.onMessage((message) => {
    const request = isWithin(message, MESSAGE_UNITS)
      ? readRequest(message)
      : null;
    if (request !== null) handle(request);
    else if (++faults >= FAULTS) port.close();
  });
  port.onClose(() => {
    isClosed = true;
    for (const end of watches.values()) end();
    watches.clear();
  });
}

/** Own properties only: `__proto__`, `constructor` and the like name nothing. */
function isMethod(name: string): name is CoreMethod {
  return Object.hasOwn(methodSchemas, name);
}

function isStateName(name: string): name is CoreStateName {
  return Object.hasOwn(stateSchemas, name);
}

function checked<T>(schema: v.GenericSchema<unknown, T>, input: unknown): T {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  // Issue texts quote what was received; only the place and what was expected go back.
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? "input";
  throw invalid(`${place}: expected ${issue.expected ?? issue.type}`);
}

function invalid(issue: string): CoreError {
  return new CoreError("invalid-input", { issues: [issue] });
}

/** A signal's own reason, or an abort of the platform's: somebody gave up, nothing failed. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
