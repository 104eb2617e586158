import type { ChildProcess } from "node:child_process";
import { systemClock } from "#core/base/clock.ts";
import type { State } from "#core/base/state.ts";
import { createClient } from "#core/rpc/client.ts";
import type { ConnectedClient } from "#core/rpc/client.ts";
import type { Port } from "#core/rpc/wire.ts";
import type { LabHost } from "./network-lab.ts";
import { until, type UntilOptions } from "./until.ts";

/** A person on a computer of the lab. */
export interface LabPerson {
  readonly call: ConnectedClient["call"];
  readonly state: ConnectedClient["state"];
  readonly process: ChildProcess;
  /** Sets their wall clock so far ahead of the machine's. */
  setClock(aheadMs: number): void;
  close(): Promise<void>;
}

/** Starts a person there: a new one, without a lock and without undo time, unless their folder is there from before. */
export async function openLabPerson(
  host: LabHost,
  program: string,
  dataFolder: string,
  name: string,
  bootstrap?: string,
  isNew = true,
): Promise<LabPerson> {
  const child = host.fork(program, [
    dataFolder,
    ...(bootstrap === undefined ? [] : [bootstrap]),
  ]);
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => {
      resolve();
    });
    child.once("exit", () => {
      reject(new Error("the core did not start"));
    });
  });
  const port: Port = {
    post: (message) => child.send(JSON.stringify(message)),
    onMessage: (listener) => child.on("message", listener),
    onClose: (listener) => child.on("disconnect", listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
  const client = createClient({
    connect: () => Promise.resolve(port),
    timers: systemClock,
  });
  if (isNew) {
    await client.call("start", {
      name,
      lock: { kind: "unlocked" },
      phrase: null,
    });
    await client.call("updateSettings", { undoMs: 0, sendHints: false });
  }
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  return {
    call: (method, input) => client.call(method, input),
    state: (state, params) => client.state(state, params),
    process: child,
    setClock: (aheadMs) => child.send(`clock ${String(aheadMs)}`),
    close() {
      client.close();
      port.close();
      return gone;
    },
  };
}

/** Waits until a state that comes over the line is as wanted. */
export async function untilHere<T>(
  state: State<T | undefined>,
  isWanted: (value: T) => boolean,
  options?: UntilOptions,
): Promise<void> {
  await until(
    state,
    (value) => value !== undefined && isWanted(value),
    options,
  );
}
