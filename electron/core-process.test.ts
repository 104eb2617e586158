import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import {
  CLOSE_MS,
  RESTART_PAUSES_MS,
  WELL_MS,
  startCoreProcess,
} from "./core-process.ts";

class FakeChild extends EventEmitter {
  readonly posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

const START = { dataFolder: "/d", bootstrap: null, loopback: true };

function openProcess() {
  const clock = createManualClock();
  const children: FakeChild[] = [];
  const givenUp: (string | null)[] = [];
  const messages: unknown[] = [];
  const core = startCoreProcess<{ close(): void }>({
    fork() {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    start: START,
    hasKeyring: true,
    onMessage: (message) => messages.push(message),
    onGivenUp: (code) => givenUp.push(code),
    after: (ms, task) => clock.after(ms, task),
  });
  const last = () => {
    const child = children.at(-1);
    if (child === undefined) throw new Error("no child");
    return child;
  };
  return { clock, children, givenUp, messages, core, last };
}

test("it is told how to start once it can hear, then whatever waited for it", () => {
  const { core, last } = openProcess();
  expect(core.post({ kind: "page" })).toBe(true);
  expect(last().posted).toEqual([]);
  last().emit("spawn");
  expect(core.post({ kind: "grant", id: 1, path: "/a" })).toBe(true);
  expect(last().posted).toEqual([
    { kind: "start", options: START, hasKeyring: true },
    { kind: "page" },
    { kind: "grant", id: 1, path: "/a" },
  ]);
});

test("what waited for a core that died is not told to the next one", () => {
  const { clock, core, last } = openProcess();
  let isClosed = false;
  const port = {
    close: () => {
      isClosed = true;
    },
  };
  core.post({ kind: "page" }, [port]);
  last().emit("exit", 1);
  expect(isClosed).toBe(true);
  expect(core.post({ kind: "page" })).toBe(false);
  clock.advance(RESTART_PAUSES_MS[0]);
  last().emit("spawn");
  expect(last().posted).toHaveLength(1);
});

test("it is started again after 1, 4 and 15 seconds, then given up, then again when asked", () => {
  const { clock, children, givenUp, core, last } = openProcess();
  for (const [index, pause] of RESTART_PAUSES_MS.entries()) {
    last().emit("spawn");
    last().emit("exit", 1);
    expect(core.post({ kind: "page" })).toBe(false);
    clock.advance(pause - 1);
    expect(children).toHaveLength(index + 1);
    clock.advance(1);
    expect(children).toHaveLength(index + 2);
  }
  last().emit("exit", 1);
  clock.advance(60_000);
  expect(children).toHaveLength(4);
  expect(givenUp).toEqual([null]);
  core.restart();
  expect(children).toHaveLength(5);
});

test("one that was well for a minute has all its restarts again", () => {
  const { clock, children, givenUp, last } = openProcess();
  for (let i = 0; i < 10; i++) {
    clock.advance(WELL_MS);
    last().emit("exit", 1);
    clock.advance(RESTART_PAUSES_MS[0]);
  }
  expect(children).toHaveLength(11);
  expect(givenUp).toEqual([]);
});

test("a data folder in use is tried once more, then given up with the reason", () => {
  const { clock, children, givenUp, last } = openProcess();
  for (let i = 0; i < 2; i++) {
    last().emit("message", { kind: "failed", code: "store-busy" });
    last().emit("exit", 1);
    clock.advance(60_000);
  }
  expect(children).toHaveLength(2);
  expect(givenUp).toEqual(["store-busy"]);
});

test("only messages of the known form come through", () => {
  const { messages, last } = openProcess();
  for (const message of [null, 1, {}, { kind: "x" }, { kind: "started" }])
    last().emit("message", message);
  expect(messages).toEqual([{ kind: "started" }]);
});

test("closing asks the core to close, waits for its end and starts no other", async () => {
  const { clock, children, core, last } = openProcess();
  last().emit("spawn");
  const closed = core.close();
  expect(last().posted.at(-1)).toEqual({ kind: "close" });
  last().emit("exit", 0);
  await closed;
  clock.advance(60_000);
  expect(children).toHaveLength(1);
  expect(last().killed).toBe(false);
});

test("a core that does not close in 5 seconds is ended", async () => {
  const { clock, core, last } = openProcess();
  last().emit("spawn");
  const closed = core.close();
  clock.advance(CLOSE_MS);
  await closed;
  expect(last().killed).toBe(true);
});

test("closing while it waits for a restart starts nothing", async () => {
  const { clock, children, core, last } = openProcess();
  last().emit("exit", 1);
  await core.close();
  clock.advance(60_000);
  expect(children).toHaveLength(1);
});
