import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createState } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { CoreOptions } from "#core/core-port.ts";
import { createFakeCore } from "#core/testing/fake-core.ts";
import type { FakeCore } from "#core/testing/fake-core.ts";
import { readParentPort } from "./parent-port.ts";
import { runUtility } from "./run-utility.ts";

/** A port as Electron has it, whose far end is the test. */
class FakePort extends EventEmitter {
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  start(): void {
    this.emit("started");
  }
  close(): void {
    this.emit("close");
  }
  say(data: unknown): void {
    this.emit("message", { data });
  }
}

function openUtility(
  createCore: (options: CoreOptions) => Promise<FakeCore> = () =>
    Promise.resolve(createFakeCore()),
) {
  const dataFolder = mkdtempSync(join(tmpdir(), "utility-"));
  onTestFinished(() => {
    rmSync(dataFolder, { recursive: true });
  });
  const parent = new FakePort();
  const exits: number[] = [];
  let isNetworkClosed = false;
  runUtility(parent, {
    createCore,
    openNetwork: () => ({
      onLine: () => undefined,
      want: () => undefined,
      addresses: createState([]),
      online: createState(true),
      close: () => {
        isNetworkClosed = true;
        return Promise.resolve();
      },
    }),
    exit: (code) => exits.push(code),
  });
  const say = (data: unknown, port?: FakePort) => {
    parent.emit("message", { data, ports: port === undefined ? [] : [port] });
  };
  return {
    parent,
    exits,
    say,
    isNetworkClosed: () => isNetworkClosed,
    start: (hasKeyring = false) => {
      const options = { dataFolder, bootstrap: null, loopback: true };
      say({ kind: "start", options, hasKeyring });
    },
  };
}

const call = { kind: "call", id: 1, method: "markAllRead", input: {} };

test("pages that came before the core was there are served when it is", async () => {
  const utility = openUtility();
  const page = new FakePort();
  utility.say({ kind: "page" }, page);
  utility.start();
  await vi.waitFor(() => {
    expect(utility.parent.posted).toEqual([{ kind: "started" }]);
  });
  page.say(call);
  await vi.waitFor(() => {
    expect(page.posted).toEqual([
      { kind: "answer", id: 1, value: { posts: [] } },
    ]);
  });
});

test("dropped paths are granted, files answered, and nonsense passed over", async () => {
  const utility = openUtility();
  utility.start();
  const file = new FakePort();
  utility.say({ kind: "file", root: "x", name: "", range: null }, file);
  utility.say({ kind: "grant", id: 5, path: "/home/ana/a.txt" });
  for (const nonsense of [null, 1, {}, { kind: "grant", id: "5" }])
    utility.say(nonsense);
  utility.say({ kind: "page" });
  await vi.waitFor(() => {
    expect(file.posted).toMatchObject([{ kind: "head", status: 404 }]);
  });
  await vi.waitFor(() => {
    expect(utility.parent.posted).toMatchObject([
      { kind: "started" },
      { kind: "granted", id: 5, answer: { name: "a.txt" } },
    ]);
  });
});

test("ID4: without a keyring the core has none; with one its secrets go to the main process", async () => {
  const keyrings: (CoreOptions["keyring"] | undefined)[] = [];
  const createCore = (options: CoreOptions) => {
    keyrings.push(options.keyring);
    return Promise.resolve(createFakeCore());
  };
  openUtility(createCore).start(false);
  const utility = openUtility(createCore);
  utility.start(true);
  const [none, keyring] = keyrings;
  expect(none).toBeNull();
  const sealed = keyring?.seal(Uint8Array.of(1));
  expect(utility.parent.posted.at(-1)).toMatchObject({ kind: "ask", id: 1 });
  utility.say({ kind: "told", id: 1, value: Uint8Array.of(2) });
  expect(await sealed).toEqual(Uint8Array.of(2));
  const refused = keyring?.unseal(Uint8Array.of(1));
  utility.say({ kind: "refused", id: 2, reason: "changed" });
  await expect(refused).rejects.toThrow("changed");
});

test("a core that cannot start says why and ends the process", async () => {
  const utility = openUtility(() =>
    Promise.reject(new CoreError("store-busy", {})),
  );
  utility.start();
  await vi.waitFor(() => {
    expect(utility.exits).toEqual([1]);
  });
  expect(utility.parent.posted).toEqual([
    { kind: "failed", code: "store-busy" },
  ]);
  expect(utility.isNetworkClosed()).toBe(true);
});

test("closing closes core and network, then ends the process, also when that fails", async () => {
  const core = createFakeCore();
  const utility = openUtility(() => Promise.resolve(core));
  utility.start();
  await vi.waitFor(() => {
    expect(utility.parent.posted).toHaveLength(1);
  });
  utility.say({ kind: "close" });
  await vi.waitFor(() => {
    expect(utility.exits).toEqual([0]);
  });
  expect(core.closed).toBe(true);
  expect(utility.isNetworkClosed()).toBe(true);
});

test("the core is told that the computer woke up", async () => {
  const core = createFakeCore();
  const { parent, say, start } = openUtility(() => Promise.resolve(core));
  start();
  await vi.waitFor(() => {
    expect(parent.posted).toContainEqual({ kind: "started" });
  });
  say({ kind: "wake" });
  expect(core.wakes).toBe(1);
});

test("only a utility process has a parent port", () => {
  expect(readParentPort({})).toBeNull();
  expect(readParentPort({ parentPort: null })).toBeNull();
  const parentPort = new FakePort();
  expect(readParentPort({ parentPort })).toBe(parentPort);
});
