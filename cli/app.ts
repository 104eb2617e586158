import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "#core/base/clock.ts";
import { Closers } from "#core/base/resource.ts";
import { systemRandom } from "#core/base/random.ts";
import type { State } from "#core/base/state.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { GrantId } from "#core/contract/ids.ts";
import type { AppState } from "#core/contract/models.ts";
import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";
import { createCore } from "#core/core.ts";
import { connectControl, openControl } from "#core/process/control.ts";
import { createHostDesktop } from "#core/process/host-desktop.ts";
import { openLogFile } from "#core/process/log-file.ts";
import { openNetwork } from "#core/process/open-network.ts";
import { createClient } from "#core/rpc/client.ts";
import type { ConnectedClient } from "#core/rpc/client.ts";
import type { StartOptions } from "#core/rpc/shell-wire.ts";
import type { Port } from "#core/rpc/wire.ts";
import { CommandError, EXITS } from "./command-error.ts";

/** The core as a command has it, wherever it runs. */
export interface App {
  readonly call: ConnectedClient["call"];
  /** Whether this command opened the data itself: nobody goes on when it ends. */
  readonly isOwn: boolean;
  /** Waits for a value; rejects with the signal's reason. */
  until<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
    isWanted: (value: StateValue<S>) => boolean,
    signal?: AbortSignal,
  ): Promise<StateValue<S>>;
  /** The value now. */
  read<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
  ): Promise<StateValue<S>>;
  /** Names a file or folder to the core. @throws `not-found` */
  grant(path: string): Promise<GrantId>;
  close(): Promise<void>;
}

/** Whether somebody began in a data folder; does not touch it. */
export function hasPerson(dataFolder: string): boolean {
  return existsSync(join(dataFolder, "vault.json"));
}

/** Talks to the app that runs on this data folder, or else opens it. */
export async function openApp(options: StartOptions): Promise<App> {
  const running = await connectControl(options.dataFolder);
  if (running !== null) return appOn(running, false, () => Promise.resolve());
  const closers = new Closers();
  try {
    return appOn(await openStore(options, closers), true, () =>
      closers.close(),
    );
  } catch (error) {
    await closers.close();
    if (isCoreError(error, "store-busy"))
      throw new CommandError(
        "Commonplace is running with this data, and does not answer. Close it, or try again.",
        EXITS.unavailable,
      );
    throw error;
  }
}

async function openStore(
  options: StartOptions,
  closers: Closers,
): Promise<Port> {
  const { dataFolder } = options;
  const log = openLogFile(dataFolder, systemClock, systemRandom);
  closers.addTask(() => {
    log.close();
  });
  const { logger } = log;
  const tools = { clock: systemClock, random: systemRandom, logger };
  const network = closers.add(openNetwork(options, tools));
  const desktop = createHostDesktop(null);
  const core = closers.add(
    await createCore({ ...tools, dataFolder, network, keyring: null, desktop }),
  );
  // Another terminal may join in meanwhile; this one goes the same way.
  closers.add(await openControl({ ...tools, core, dataFolder }));
  const port = await connectControl(dataFolder);
  if (port === null) throw new CoreError("core-unavailable", {});
  return port;
}

function appOn(port: Port, isOwn: boolean, end: () => Promise<void>): App {
  const client = createClient({
    connect: () => Promise.resolve(port),
    timers: systemClock,
  });

  function until<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
    isWanted: (value: StateValue<S>) => boolean,
    signal?: AbortSignal,
  ): Promise<StateValue<S>> {
    const state: State<StateValue<S> | undefined> = client.state(name, params);
    return new Promise((resolve, reject) => {
      const end = state.subscribe(look);
      const endLine = client.connection.subscribe(look);
      function stop(): void {
        // The first value may come while we subscribe.
        queueMicrotask(() => {
          end();
          endLine();
        });
        signal?.removeEventListener("abort", abort);
      }
      function abort(): void {
        stop();
        const reason: unknown = signal?.reason;
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      }
      function look(): void {
        const value = state.peek();
        if (value !== undefined && isWanted(value)) {
          stop();
          resolve(value);
        } else if (value !== undefined && client.connection.peek() === "down") {
          stop();
          reject(new CoreError("core-unavailable", {}));
        }
      }
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted === true) abort();
      else look();
    });
  }

  return {
    call: (method, input) => client.call(method, input),
    isOwn,
    until,
    read: (name, params) => until(name, params, () => true),
    async grant(path) {
      if (!existsSync(path))
        throw new CommandError(`There is no ${path}.`, EXITS.refused);
      return (await client.call("grantFolder", { path })).grant;
    },
    async close() {
      client.close();
      port.close();
      await end();
    },
  };
}

/** Waits until the app is past its start, and answers where it stands. */
export function untilStarted(app: App): Promise<AppState> {
  return app.until("app", {}, ({ stage }) => stage !== "starting");
}
