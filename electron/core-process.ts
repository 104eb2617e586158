import * as v from "valibot";
import { fromCoreSchema } from "#core/rpc/shell-wire.ts";
import type { FromCore, StartOptions, ToCore } from "#core/rpc/shell-wire.ts";

/** How long to wait before each restart of a core that died. After the last one it has been given up. */
export const RESTART_PAUSES_MS = [1_000, 4_000, 15_000] as const;
/** A core that ran this long was well: its next death counts as the first. */
export const WELL_MS = 60_000;
/** Closing takes milliseconds; a core that does not end is ended. */
export const CLOSE_MS = 5_000;

/** A utility process, as far as it is used. */
export interface Child<Port> {
  postMessage(message: unknown, ports?: Port[]): void;
  kill(): boolean;
  on(event: "spawn", listener: () => void): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
}

export interface CoreProcessOptions<Port> {
  readonly fork: () => Child<Port>;
  readonly start: StartOptions;
  readonly hasKeyring: boolean;
  readonly onMessage: (message: FromCore) => void;
  /** It died too often, or cannot start; the code says why where that is known. */
  readonly onGivenUp: (code: string | null) => void;
  readonly after: (ms: number, task: () => void) => () => void;
}

export interface CoreProcess<Port> {
  /** Sends a message, as soon as the core can hear it; false when there is no core now. */
  post(message: ToCore, ports?: Port[]): boolean;
  /** Starts again after it was given up. */
  restart(): void;
  /** Ends the core and starts no other; resolves when it is gone, after 5 s at the latest. */
  close(): Promise<void>;
}

/** Keeps one core running: restarts it when it dies, three times, then says so. */
export function startCoreProcess<Port extends { close(): void }>(
  options: CoreProcessOptions<Port>,
): CoreProcess<Port> {
  const { after } = options;
  let child: Child<Port> | null = null;
  /** A process can be spoken to only when it has been spawned; until then this waits. */
  let waiting: [ToCore, Port[] | undefined][] | null = [];
  let deaths = 0;
  let failure: string | null = null;
  let cancel = (): void => undefined;
  let ended: (() => void) | null = null;

  function receive(data: unknown): void {
    const message = v.safeParse(fromCoreSchema, data);
    if (!message.success) return;
    if (message.output.kind === "failed") failure = message.output.code;
    options.onMessage(message.output);
  }

  function start(): void {
    const started = options.fork();
    child = started;
    waiting = [
      [
        {
          kind: "start",
          options: options.start,
          hasKeyring: options.hasKeyring,
        },
        undefined,
      ],
    ];
    failure = null;
    started.on("spawn", () => {
      const early = waiting ?? [];
      waiting = null;
      for (const [message, ports] of early) started.postMessage(message, ports);
    });
    started.on("message", receive);
    started.on("exit", lose);
    cancel = after(WELL_MS, () => {
      deaths = 0;
    });
  }

  function lose(): void {
    child = null;
    cancel();
    // Whoever holds the other end must learn that nobody will come.
    for (const [, ports = []] of waiting ?? [])
      for (const port of ports) port.close();
    waiting = null;
    if (ended !== null) {
      ended();
      return;
    }
    const pause = RESTART_PAUSES_MS[deaths];
    deaths++;
    // A data folder that another copy holds becomes free when that copy was just
    // ending, and not otherwise.
    if (pause === undefined || (failure === "store-busy" && deaths > 1))
      options.onGivenUp(failure);
    else cancel = after(pause, start);
  }

  start();

  return {
    post(message, ports) {
      if (child === null) return false;
      if (waiting === null) child.postMessage(message, ports);
      else waiting.push([message, ports]);
      return true;
    },
    restart() {
      deaths = 0;
      if (child === null && ended === null) start();
    },
    close() {
      return new Promise((resolve) => {
        cancel();
        const late = after(CLOSE_MS, () => {
          child?.kill();
          resolve();
        });
        ended = () => {
          late();
          resolve();
        };
        if (child === null) ended();
        else if (waiting === null)
          child.postMessage({ kind: "close" } satisfies ToCore);
        else child.kill();
      });
    },
  };
}
