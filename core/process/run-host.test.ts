import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createState } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Network } from "#core/network/port.ts";
import { createFakeCore } from "#core/testing/fake-core.ts";
import type { FakeCore } from "#core/testing/fake-core.ts";
import { runHost } from "./run-host.ts";

async function start(createCore: () => Promise<FakeCore>, open = true) {
  const dataFolder = mkdtempSync(join(tmpdir(), "run-host-"));
  onTestFinished(() => {
    rmSync(dataFolder, { recursive: true });
  });
  const printed: string[] = [];
  const exits: number[] = [];
  const opened: string[] = [];
  let isNetworkClosed = false;
  let end = (): void => undefined;
  const network: Network = {
    onLine: () => undefined,
    want: () => undefined,
    addresses: createState([]),
    online: createState(true),
    close: () => {
      isNetworkClosed = true;
      return Promise.resolve();
    },
  };
  await runHost(
    { dataFolder, bootstrap: null, loopback: true, open },
    {
      createCore,
      openNetwork: () => network,
      exit: (code) => exits.push(code),
      print: (line) => printed.push(line),
      pageFolder: dataFolder,
      open: (target) => {
        opened.push(target);
        return Promise.resolve();
      },
      onEnd: (listener) => {
        end = listener;
      },
    },
  );
  return {
    printed,
    exits,
    opened,
    end: () => {
      end();
    },
    isNetworkClosed: () => isNetworkClosed,
  };
}

test("it prints one line with the address, opens a browser, and closes everything when asked", async () => {
  const core = createFakeCore();
  const host = await start(() => Promise.resolve(core));
  expect(host.printed).toHaveLength(1);
  expect(host.printed[0]).toMatch(
    /^Commonplace is running: http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/,
  );
  // What others can read in the list of processes works once.
  expect(host.opened[0]).toMatch(/#launch=[\w-]{43}$/);
  host.end();
  host.end();
  await vi.waitFor(() => {
    expect(host.exits).toEqual([0]);
  });
  expect(core.closed).toBe(true);
  expect(host.isNetworkClosed()).toBe(true);
});

test("no browser is opened when none is wanted", async () => {
  const core = createFakeCore();
  const host = await start(() => Promise.resolve(core), false);
  expect(host.opened).toEqual([]);
  host.end();
  await vi.waitFor(() => {
    expect(host.exits).toEqual([0]);
  });
});

test("a data folder in use is a clear sentence and an exit code of its own", async () => {
  const host = await start(() =>
    Promise.reject(new CoreError("store-busy", {})),
  );
  expect(host.printed).toEqual([
    expect.stringMatching(
      /running already with the data in .*Nothing was changed/,
    ),
  ]);
  expect(host.exits).toEqual([2]);
  expect(host.isNetworkClosed()).toBe(true);
});

test("a bug at start is a report id, without a stack trace", async () => {
  const host = await start(() => Promise.reject(new TypeError("x of null")));
  expect(host.printed.join()).toMatch(/could not start \(report [A-Z0-9]{6}/);
  expect(host.printed.join()).not.toMatch(/TypeError|null| at /);
  expect(host.exits).toEqual([1]);
});
