import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import { createFakeCore, emptyFeed } from "#core/testing/fake-core.ts";
import type { FakeCore, FakeCoreOptions } from "#core/testing/fake-core.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { createPortPair } from "#core/testing/port-pair.ts";
import { createClient } from "./client.ts";
import { serve } from "./server.ts";
import type { Port } from "./wire.ts";

const SOON = { interval: 1, timeout: 2000 };

function openClient(options: FakeCoreOptions = {}) {
  const core = createFakeCore(options);
  const timers = createManualClock();
  const watchErrors: CoreError[] = [];
  const lines: Port[] = [];
  let isReachable = true;
  const client = createClient({
    connect() {
      if (!isReachable) return Promise.reject(new Error("nobody there"));
      const [near, far] = createPortPair();
      serve(far, {
        handlers: core.handlers,
        states: core.states,
        logger: silentLogger,
        timers: systemClock,
      });
      lines.push(far);
      return Promise.resolve(near);
    },
    timers,
    onWatchError: (error) => watchErrors.push(error),
  });
  onTestFinished(() => {
    client.close();
  });
  return {
    core,
    client,
    timers,
    watchErrors,
    lines,
    /** Breaks the line from the core's side, and keeps it broken when asked. */
    breakLine: (reachable: boolean) => {
      isReachable = reachable;
      lines.at(-1)?.close();
    },
    reach: () => {
      isReachable = true;
    },
    until: (connection: "up" | "down") =>
      vi.waitFor(() => {
        expect(client.connection.peek()).toBe(connection);
      }, SOON),
  };
}

function search(core: FakeCore): void {
  core.network.update((before) => ({ ...before, stage: "searching" }));
}

test("a call made before the line is up is answered", async () => {
  const { client } = openClient();
  expect(await client.call("markAllRead", {})).toEqual({ posts: [] });
});

test("a failure arrives as a CoreError with its details", async () => {
  const { client } = openClient({
    handlers: {
      unlock: () =>
        Promise.reject(new CoreError("password-wrong", { retryInMs: 5 })),
    },
  });
  const error: unknown = await client
    .call("unlock", { password: "" })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CoreError);
  expect(error).toMatchObject({
    code: "password-wrong",
    details: { retryInMs: 5 },
  });
});

test("an input that cannot be copied rejects and is not left open", async () => {
  const { client, until } = openClient();
  await until("up");
  const input = { name: "", about: "", picture: { kind: "keep" } } as const;
  await expect(
    client.call("setProfile", {
      ...input,
      ...{ more: () => undefined },
    }),
  ).rejects.toMatchObject({ code: "invalid-input" });
});

test("a watched state is undefined, then has the core's values", async () => {
  const { core, client } = openClient();
  const network = client.state("network", {});
  expect(network.peek()).toBeUndefined();
  const stages: (string | undefined)[] = [];
  network.subscribe(() => stages.push(network.peek()?.stage));
  await vi.waitFor(() => {
    expect(stages).toEqual(["quiet"]);
  }, SOON);
  search(core);
  await vi.waitFor(() => {
    expect(stages).toEqual(["quiet", "searching"]);
  }, SOON);
});

test("equal names and parameters are one state and one watch, in any order of the fields", async () => {
  let watches = 0;
  const { client } = openClient({
    states: {
      feed: () => {
        watches++;
        return createState(emptyFeed);
      },
    },
  });
  const page = client.state("feed", { filter: "all", first: 0, count: 9 });
  const same = client.state("feed", { count: 9, first: 0, filter: "all" });
  expect(page).toBe(same);
  expect(client.state("feed", { filter: "all", first: 9, count: 9 })).not.toBe(
    page,
  );
  const end = page.subscribe(() => undefined);
  same.subscribe(() => undefined);
  await vi.waitFor(() => {
    expect(page.peek()?.total).toBe(0);
  }, SOON);
  end();
  expect(page.peek()?.total).toBe(0);
  expect(watches).toBe(1);
});

test("watching ends with the last subscriber and can begin again", async () => {
  let watchers = 0;
  const { client } = openClient({
    states: {
      me: () => ({
        peek: () => null,
        subscribe: () => {
          watchers++;
          return () => {
            watchers--;
          };
        },
      }),
    },
  });
  const me = client.state("me", {});
  const listener = () => undefined;
  const ends = [me.subscribe(listener), me.subscribe(listener)];
  await vi.waitFor(() => {
    expect(me.peek()).toBeNull();
  }, SOON);
  ends[0]?.();
  ends[0]?.();
  await client.call("markAllRead", {});
  expect(watchers).toBe(1);
  ends[1]?.();
  await client.call("markAllRead", {});
  expect(watchers).toBe(0);
  me.subscribe(listener);
  await client.call("markAllRead", {});
  expect(watchers).toBe(1);
});

test("when the line breaks, open calls reject, states stay, and the next line watches again", async () => {
  const { core, client, timers, breakLine, until } = openClient({
    handlers: { clearTransfers: () => new Promise(() => undefined) },
  });
  const network = client.state("network", {});
  network.subscribe(() => undefined);
  await vi.waitFor(() => {
    expect(network.peek()?.stage).toBe("quiet");
  }, SOON);
  const open = client.call("clearTransfers", {});
  breakLine(true);
  await expect(open).rejects.toMatchObject({ code: "core-unavailable" });
  expect(client.connection.peek()).toBe("down");
  expect(network.peek()?.stage).toBe("quiet");
  await expect(client.call("markAllRead", {})).rejects.toMatchObject({
    code: "core-unavailable",
  });
  search(core);
  timers.advance(1000);
  await until("up");
  await vi.waitFor(() => {
    expect(network.peek()?.stage).toBe("searching");
  }, SOON);
});

test("it tries again after 1, 4, 15, 15 seconds, and after 1 when the line has carried something", async () => {
  const { client, timers, breakLine, reach, until } = openClient();
  await client.call("markAllRead", {});
  breakLine(false);
  await until("down");
  for (const pause of [1000, 4000, 15_000, 15_000]) {
    await vi.waitFor(() => {
      expect(timers.due).toEqual([pause]);
    }, SOON);
    timers.advance(pause);
  }
  await vi.waitFor(() => {
    expect(timers.due).toEqual([15_000]);
  }, SOON);
  reach();
  timers.advance(15_000);
  await until("up");
  await client.call("markAllRead", {});
  breakLine(false);
  await until("down");
  expect(timers.due).toEqual([1000]);
});

test("a line that opens and breaks at once does not make it spin", async () => {
  const timers = createManualClock();
  let attempts = 0;
  const client = createClient({
    connect() {
      attempts++;
      const [near, far] = createPortPair();
      far.close();
      return Promise.resolve(near);
    },
    timers,
  });
  for (const pause of [1000, 4000, 15_000]) {
    await vi.waitFor(() => {
      expect(timers.due).toEqual([pause]);
    }, SOON);
    timers.advance(pause);
  }
  expect(attempts).toBe(4);
  client.close();
});

test("calls made before a first connection that fails reject", async () => {
  const client = createClient({
    connect: () => Promise.reject(new Error("nobody there")),
    timers: createManualClock(),
  });
  await expect(client.call("markAllRead", {})).rejects.toMatchObject({
    code: "core-unavailable",
  });
  client.close();
});

test("a watch that the core refuses is told, and the state stays undefined", async () => {
  const { client, watchErrors } = openClient();
  const feed = client.state("feed", { filter: "all", first: -1, count: 1 });
  feed.subscribe(() => undefined);
  await vi.waitFor(() => {
    expect(watchErrors).toMatchObject([{ code: "invalid-input" }]);
  }, SOON);
  expect(feed.peek()).toBeUndefined();
});

test("garbage from the other end changes nothing", async () => {
  const { client, lines, until } = openClient();
  await until("up");
  for (const garbage of [
    null,
    1,
    "answer",
    [],
    { kind: "answer" },
    { kind: "error", id: 1, code: "__proto__" },
    { kind: "value", id: "1", value: 1 },
    { kind: "answer", id: 12_345, value: {} },
  ])
    lines[0]?.post(garbage);
  expect(await client.call("markAllRead", {})).toEqual({ posts: [] });
});

test("after closing nothing is tried again", async () => {
  const { client, timers, until } = openClient();
  await until("up");
  client.close();
  await expect(client.call("markAllRead", {})).rejects.toMatchObject({
    code: "core-unavailable",
  });
  expect(timers.due).toEqual([]);
});
