import { MessageChannel } from "node:worker_threads";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import { CoreError } from "#core/contract/errors.ts";
import { methodSchemas, stateSchemas } from "#core/contract/schemas.ts";
import { createFakeCore } from "#core/testing/fake-core.ts";
import type { FakeCoreOptions } from "#core/testing/fake-core.ts";
import { nodePort } from "#core/testing/node-port.ts";
import { FAULTS, OPEN_CALLS, WATCHES, serve } from "./server.ts";
import { isObject } from "./wire.ts";

/** Looks again every millisecond, for two seconds. */
const SOON = { interval: 1, timeout: 2000 };

/** A page at the far end of a real message channel, which sends what it likes. */
function openPage(options: FakeCoreOptions = {}) {
  const channel = new MessageChannel();
  const core = createFakeCore(options);
  const bugs: string[] = [];
  const logger = createLogger(
    (line) => bugs.push(line),
    () => "R1",
  );
  serve(nodePort(channel.port1), {
    handlers: core.handlers,
    states: core.states,
    logger,
    timers: systemClock,
  });
  const port = nodePort(channel.port2);
  const replies: unknown[] = [];
  let isClosed = false;
  port.onMessage((message) => replies.push(message));
  port.onClose(() => {
    isClosed = true;
  });
  onTestFinished(() => {
    port.close();
  });
  return {
    core,
    bugs,
    replies,
    post: (message: unknown) => {
      port.post(message);
    },
    /** The first reply with this id, once it is there. */
    reply: (id: number) =>
      vi.waitFor(() => {
        const found = replies.find(
          (reply) => isObject(reply) && reply["id"] === id,
        );
        expect(found).toBeDefined();
        return found;
      }, SOON),
    get isClosed() {
      return isClosed;
    },
  };
}

test("a call is answered with what its handler answers", async () => {
  const page = openPage();
  page.post({ kind: "call", id: 1, method: "markAllRead", input: {} });
  expect(await page.reply(1)).toEqual({
    kind: "answer",
    id: 1,
    value: { posts: [] },
  });
});

test("an expected failure crosses as code and details", async () => {
  const page = openPage({
    handlers: {
      unlock: () =>
        Promise.reject(new CoreError("password-wrong", { retryInMs: 2000 })),
    },
  });
  page.post({
    kind: "call",
    id: 1,
    method: "unlock",
    input: { password: "x" },
  });
  expect(await page.reply(1)).toEqual({
    kind: "error",
    id: 1,
    code: "password-wrong",
    details: { retryInMs: 2000 },
  });
  expect(page.bugs).toEqual([]);
});

test("a bug crosses as a report id, and its text stays in the log", async () => {
  const page = openPage({
    handlers: {
      unlock: () => Promise.reject(new Error("secret path /home/ana")),
    },
  });
  page.post({
    kind: "call",
    id: 1,
    method: "unlock",
    input: { password: "x" },
  });
  expect(await page.reply(1)).toEqual({
    kind: "error",
    id: 1,
    code: "internal",
    details: { report: "R1" },
  });
  expect(page.bugs.join()).toContain("secret path");
});

test("a handler that throws at once, or answers what cannot be copied, is a bug and not a crash", async () => {
  const uncopyable = { undone: true, more: () => undefined };
  const page = openPage({
    handlers: {
      setProfile: () => {
        throw new TypeError("at once");
      },
      undoPost: () => Promise.resolve(uncopyable),
    },
  });
  page.post({
    kind: "call",
    id: 1,
    method: "setProfile",
    input: { name: "a", about: "", picture: { kind: "keep" } },
  });
  page.post({
    kind: "call",
    id: 2,
    method: "undoPost",
    input: { held: "" },
  });
  expect(await page.reply(1)).toMatchObject({ code: "internal" });
  expect(await page.reply(2)).toMatchObject({ code: "internal" });
});

test("an aborted call answers cancelled", async () => {
  const page = openPage({
    handlers: { markAllRead: () => Promise.reject(abortReason()) },
  });
  page.post({ kind: "call", id: 1, method: "markAllRead", input: {} });
  expect(await page.reply(1)).toMatchObject({ code: "cancelled" });
  expect(page.bugs).toEqual([]);
});

function abortReason(): Error {
  const reason: unknown = AbortSignal.abort().reason;
  return reason instanceof Error ? reason : new Error("no reason");
}

test.each([
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "",
  "START",
  "start ",
])("the method %j is refused", async (method) => {
  const page = openPage();
  page.post({ kind: "call", id: 1, method, input: {} });
  page.post({ kind: "watch", id: 2, state: method, params: {} });
  const refused = {
    kind: "error",
    code: "invalid-input",
    details: { issues: [expect.stringContaining("no such")] },
  };
  expect(await page.reply(1)).toEqual({ ...refused, id: 1 });
  expect(await page.reply(2)).toEqual({ ...refused, id: 2 });
  expect(page.bugs).toEqual([]);
});

test("an input that fails its schema is refused with the place, without what was sent", async () => {
  const page = openPage();
  page.post({
    kind: "call",
    id: 1,
    method: "unlock",
    input: { password: ["hunter2"] },
  });
  expect(await page.reply(1)).toEqual({
    kind: "error",
    id: 1,
    code: "invalid-input",
    details: { issues: ["password: expected string"] },
  });
});

test("a port that sends no requests at all is closed after 64 of them", async () => {
  const page = openPage();
  for (let i = 1; i < FAULTS; i++) page.post({ kind: "call", id: "one" });
  page.post({ kind: "call", id: 1, method: "markAllRead", input: {} });
  await page.reply(1);
  expect(page.isClosed).toBe(false);
  page.post("one more");
  await vi.waitFor(() => {
    expect(page.isClosed).toBe(true);
  }, SOON);
});

test("a message that is too large or too deep is a fault, and costs no more than an allowed one", async () => {
  const page = openPage();
  let deep: unknown = {};
  for (let i = 0; i < 500; i++) deep = { deep };
  page.post({
    kind: "call",
    id: 1,
    method: "unlock",
    input: { password: "x".repeat(17 * 1024 * 1024) },
  });
  page.post({ kind: "call", id: 2, method: "unlock", input: deep });
  expect(await page.reply(2)).toMatchObject({ code: "invalid-input" });
  expect(page.replies).toHaveLength(1);
});

test("one page watches at most 256 states, and may watch again when it let go", async () => {
  const page = openPage();
  for (let id = 1; id <= WATCHES + 1; id++)
    page.post({ kind: "watch", id, state: "me", params: {} });
  expect(await page.reply(WATCHES + 1)).toMatchObject({
    code: "invalid-input",
  });
  page.post({ kind: "unwatch", id: 1 });
  page.post({ kind: "watch", id: 999, state: "me", params: {} });
  expect(await page.reply(999)).toMatchObject({ kind: "value", value: null });
});

test("calls beyond the limit are refused while the others are under way", async () => {
  let finish = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const page = openPage({
    handlers: { clearTransfers: () => gate.then(() => ({})) },
  });
  for (let id = 1; id <= OPEN_CALLS + 1; id++)
    page.post({ kind: "call", id, method: "clearTransfers", input: {} });
  expect(await page.reply(OPEN_CALLS + 1)).toMatchObject({
    code: "invalid-input",
  });
  finish();
  expect(await page.reply(1)).toMatchObject({ kind: "answer" });
});

test("a watch is let go when it is unwatched and when the port closes", async () => {
  const unsubscribed: string[] = [];
  const watched = (name: string) => () => ({
    peek: () => null,
    subscribe: () => () => {
      unsubscribed.push(name);
    },
  });
  const page = openPage({
    states: { me: watched("me"), thread: watched("thread") },
  });
  const post = `${"y".repeat(52)}.1.0`;
  page.post({ kind: "watch", id: 1, state: "me", params: {} });
  page.post({ kind: "watch", id: 2, state: "thread", params: { post } });
  await page.reply(2);
  page.post({ kind: "unwatch", id: 1 });
  await vi.waitFor(() => {
    expect(unsubscribed).toEqual(["me"]);
  }, SOON);
  for (let i = 0; i < FAULTS; i++) page.post(null);
  await vi.waitFor(() => {
    expect(unsubscribed).toEqual(["me", "thread"]);
  }, SOON);
});

test("a state that throws ends its watch with a report", async () => {
  const me = createState(null);
  const page = openPage({
    states: {
      me: () => ({
        ...me,
        peek: () => {
          throw new Error("broken");
        },
      }),
    },
  });
  page.post({ kind: "watch", id: 1, state: "me", params: {} });
  expect(await page.reply(1)).toMatchObject({ kind: "error", id: 1 });
});

test("random calls, watches and garbage leave no uncaught error and no bug", async () => {
  const uncaught: unknown[] = [];
  const record = (error: unknown) => {
    uncaught.push(error);
  };
  process.on("uncaughtException", record);
  process.on("unhandledRejection", record);
  onTestFinished(() => {
    process.off("uncaughtException", record);
    process.off("unhandledRejection", record);
  });

  const names = [...Object.keys(methodSchemas), ...Object.keys(stateSchemas)];
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("y".repeat(52), `${"y".repeat(52)}.1.0`, "__proto__"),
  );
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const fields = fc.constantFrom(
    ...["name", "lock", "kind", "phrase", "text", "audience", "replyTo"],
    ...["attachments", "post", "posts", "read", "link", "person", "first"],
    ...["count", "collection", "paths", "folder", "path", "what", "__proto__"],
  );
  const input = fc.oneof(
    fc.dictionary(fields, fc.oneof(leaf, fc.array(leaf), fc.object())),
    fc.anything({ withBigInt: true, withDate: true, withMap: true }),
  );
  const name = fc.oneof(fc.constantFrom(...names), text);
  const id = fc.oneof(fc.nat(300), fc.anything());
  const message = fc.oneof(
    fc.record({
      kind: fc.constant("call"),
      id: fc.nat(),
      method: name,
      input,
    }),
    fc.record({ kind: fc.constant("watch"), id, state: name, params: input }),
    fc.record({ kind: fc.constant("unwatch"), id }),
    fc.anything({ withBigInt: true, withTypedArray: true }),
  );

  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 20, maxLength: 60 }),
      async (messages) => {
        const page = openPage();
        for (const one of messages) {
          try {
            page.post(one);
          } catch (error) {
            // A value that cannot be copied never leaves the page.
            if (!(error instanceof Error && error.name === "DataCloneError"))
              throw error;
          }
        }
        page.post({ kind: "call", id: -1, method: "markAllRead", input: {} });
        await vi.waitFor(() => {
          if (page.isClosed) return;
          expect(page.replies).toContainEqual({
            kind: "answer",
            id: -1,
            value: { posts: [] },
          });
        }, SOON);
        expect(page.bugs).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
  expect(uncaught).toEqual([]);
});
