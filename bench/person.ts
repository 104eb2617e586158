import { fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { systemClock } from "#core/base/clock.ts";
import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";
import { createClient } from "#core/rpc/client.ts";
import type { ConnectedClient } from "#core/rpc/client.ts";
import type { Port } from "#core/rpc/wire.ts";
import { CORE_ENV, NODE_CORE_FLAGS } from "../electron/core-flags.mjs";
import type { Nodes } from "./nodes.ts";

/** What a process used since it was asked last, as it sends it. */
export interface Usage {
  readonly kind: "usage";
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** The 99th percentile of how late its event loop was, in milliseconds. */
  readonly delayMs: number;
  /** What it sent and received over UDP. */
  readonly wireBytes: number;
  /** The memory it has now. */
  readonly residentBytes: number;
  /** The most memory it ever had. */
  readonly memoryBytes: number;
}

/** That a range was read, as the process sends it. */
export interface ReadDone {
  readonly kind: "read";
  readonly bytes: number;
  readonly ms: number;
}

/** That a transfer ended, as the process sends it. */
export interface TransferEnd {
  readonly kind: "ended";
  /** What it failed of; null when it is done. */
  readonly problem: string | null;
}

type Told = Usage | ReadDone | TransferEnd;

/** A person whose core runs in another process. */
export interface Person {
  readonly call: ConnectedClient["call"];
  /** Waits until a state of theirs is as wanted. */
  until<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
    isWanted: (value: StateValue<S>) => boolean,
  ): Promise<StateValue<S>>;
  /** What their process used since this was asked last. */
  usage(): Promise<Usage>;
  /** Milliseconds until a range of a file was there, wherever it came from. */
  read(root: string, start: number, end: number): Promise<ReadDone>;
  /** Resolves when a transfer ended, within some 25 ms: what is watched comes up to 250 ms later. */
  ended(transfer: string): Promise<TransferEnd>;
  /** Bytes its process has written so far: to lines and to files. */
  written(): Promise<number>;
  close(): Promise<void>;
  /** As a crash would. */
  kill(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("person-process.js", import.meta.url));

/** Starts a process on a data folder, on TCP or on a private DHT; resolves when its core answers. */
export async function openPerson(
  dataFolder: string,
  nodes: Nodes | null = null,
): Promise<Person> {
  const child = fork(
    PROGRAM,
    [dataFolder, ...(nodes === null ? [] : [JSON.stringify(nodes)])],
    {
      env: { ...process.env, ...CORE_ENV },
      execArgv: [...process.execArgv, ...NODE_CORE_FLAGS],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => {
      resolve();
    });
    child.once("exit", () => {
      reject(new Error("the core did not start"));
    });
  });
  const port: Port = {
    // As text: what a process port copies is a closed list of types, JSON is not.
    post: (message) => child.send(JSON.stringify(message)),
    onMessage: (listener) =>
      child.on("message", (message) => {
        if (!isOurs(message)) listener(message);
      }),
    onClose: (listener) => child.on("disconnect", listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
  const client = createClient({
    connect: () => Promise.resolve(port),
    timers: systemClock,
  });
  return {
    call: (method, input) => client.call(method, input),
    until(name, params, isWanted) {
      const state = client.state(name, params);
      return new Promise((resolve) => {
        const end = state.subscribe(look);
        function look(): void {
          const value = state.peek();
          if (value === undefined || !isWanted(value)) return;
          queueMicrotask(() => {
            end();
          });
          resolve(value);
        }
        look();
      });
    },
    async usage() {
      const answer = await ask("usage", "usage");
      if (answer.kind !== "usage") throw new Error("not what was asked for");
      return answer;
    },
    async read(root, start, end) {
      const answer = await ask({ root, start, end }, "read");
      if (answer.kind !== "read") throw new Error("not what was asked for");
      return answer;
    },
    async ended(transfer) {
      const answer = await ask({ transfer }, "ended");
      if (answer.kind !== "ended") throw new Error("not what was asked for");
      return answer;
    },
    async written() {
      const io = await readFile(`/proc/${String(child.pid)}/io`, "utf8");
      return Number(/^wchar: (\d+)$/m.exec(io)?.[1]);
    },
    close() {
      const gone = new Promise<void>((resolve) => {
        child.once("exit", () => {
          resolve();
        });
      });
      client.close();
      port.close();
      return gone;
    },
    kill() {
      client.close();
      return new Promise((resolve) => {
        child.once("exit", () => {
          resolve();
        });
        child.kill("SIGKILL");
      });
    },
  };

  /** One question of a kind at a time. */
  function ask(question: "usage" | object, kind: Told["kind"]): Promise<Told> {
    return new Promise((resolve) => {
      child.on("message", take);
      function take(message: unknown): void {
        if (!isOurs(message) || message.kind !== kind) return;
        child.off("message", take);
        resolve(message);
      }
      child.send(question);
    });
  }
}

function isOurs(message: unknown): message is Told {
  return (
    typeof message === "object" &&
    message !== null &&
    "kind" in message &&
    (message.kind === "usage" ||
      message.kind === "read" ||
      message.kind === "ended")
  );
}

/** Starts a new person, without a lock and without undo time. */
export async function openNewPerson(
  dataFolder: string,
  name: string,
  nodes: Nodes | null = null,
): Promise<Person> {
  const person = await openPerson(dataFolder, nodes);
  await person.call("start", {
    name,
    lock: { kind: "unlocked" },
    phrase: null,
  });
  await person.call("updateSettings", { undoMs: 0 });
  return person;
}

/** Makes two people contacts. */
export async function befriend(a: Person, b: Person): Promise<void> {
  const before = new Map<Person, number>();
  for (const person of [a, b]) {
    const contacts = await person.until("contacts", {}, () => true);
    before.set(person, contacts.length);
  }
  const known = (person: Person): number => before.get(person) ?? 0;
  const { link } = await a.call("createInvite", {
    lifeMs: 3_600_000,
    uses: 1,
    message: "",
  });
  await b.call("openLink", { link });
  for (const person of [a, b])
    await person.until("contacts", {}, (now) => now.length > known(person));
}
