import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { lockContents, lockSession } from "./lockdown.ts";
import type { LockedContents, LockedSession } from "./lockdown.ts";

type Handlers = {
  request: Parameters<LockedSession["setPermissionRequestHandler"]>[0];
  check: Parameters<LockedSession["setPermissionCheckHandler"]>[0];
  device: Parameters<LockedSession["setDevicePermissionHandler"]>[0];
};

function openSession() {
  const events = new EventEmitter();
  const handlers: Handlers = { request: null, check: null, device: null };
  const before: unknown[] = [];
  lockSession({
    setPermissionRequestHandler: (handler) => {
      handlers.request = handler;
    },
    setPermissionCheckHandler: (handler) => {
      handlers.check = handler;
    },
    setDevicePermissionHandler: (handler) => {
      handlers.device = handler;
    },
    webRequest: {
      onBeforeRequest: (...args: unknown[]) => before.push(args.at(-1)),
    },
    on: (event, listener) => events.on(event, listener),
  });
  return { events, handlers, before };
}

test("downloads come from our own files only", () => {
  const { events } = openSession();
  const isStopped = (url: string) => {
    let stopped = false;
    const event = {
      preventDefault: () => {
        stopped = true;
      },
    };
    events.emit("will-download", event, { getURL: () => url });
    return stopped;
  };
  expect(isStopped("app://bundle/file/abc?name=a")).toBe(false);
  expect(isStopped("blob:app://bundle/1-2")).toBe(false);
  expect(isStopped("https://evil.example/a.exe")).toBe(true);
  expect(isStopped("blob:https://evil.example/1")).toBe(true);
});

test("devices are for nobody", () => {
  const { handlers } = openSession();
  expect(handlers.device).not.toBeNull();
  expect(Reflect.apply(handlers.device ?? Boolean, null, [{}])).toBe(false);
});

test.each([
  ["clipboard-sanitized-write", "app://bundle/", true],
  ["fullscreen", "app://bundle/", true],
  ["fullscreen", "https://evil.example/", false],
  ["clipboard-read", "app://bundle/", false],
  ["media", "app://bundle/", false],
  ["geolocation", "app://bundle/", false],
  ["notifications", "app://bundle/", false],
  ["openExternal", "app://bundle/", false],
  ["local-network", "app://bundle/", false],
])("the permission %s for %s: %s", (permission, url, allowed) => {
  const { handlers } = openSession();
  const checked: unknown = Reflect.apply(handlers.check ?? Boolean, null, [
    null,
    permission,
    url,
    {},
  ]);
  const answers: boolean[] = [];
  Reflect.apply(handlers.request ?? Boolean, null, [
    null,
    permission,
    (answer: boolean) => answers.push(answer),
    { requestingUrl: url },
  ]);
  expect([checked, ...answers]).toEqual([allowed, allowed]);
});

test.each([
  ["app://bundle/assets/a.js", false],
  ["blob:app://bundle/1-2-3", false],
  ["data:image/png;base64,AA", false],
  ["https://example.org/", true],
  ["http://127.0.0.1/", true],
  ["ws://127.0.0.1/", true],
  ["file:///etc/passwd", true],
  ["app://other/", true],
  ["blob:https://example.org/1", true],
])("the request %s is cancelled: %s", (url, cancel) => {
  const { before } = openSession();
  const answers: unknown[] = [];
  const [handler] = before;
  if (typeof handler !== "function") throw new Error("no handler");
  Reflect.apply(handler, null, [
    { url },
    (answer: unknown) => answers.push(answer),
  ]);
  expect(answers).toEqual([{ cancel }]);
});

test("the page cannot leave, open a window or hold a guest", () => {
  const events = new EventEmitter();
  let opened: unknown = null;
  const contents: LockedContents = {
    setWindowOpenHandler: (handler) => {
      opened = Reflect.apply(handler, null, [{ url: "https://example.org" }]);
    },
    on: (event, listener) => events.on(event, listener),
  };
  lockContents(contents);
  expect(opened).toEqual({ action: "deny" });
  for (const event of [
    "will-navigate",
    "will-frame-navigate",
    "will-redirect",
    "will-attach-webview",
  ]) {
    let stopped = false;
    events.emit(event, {
      preventDefault: () => {
        stopped = true;
      },
    });
    expect([event, stopped]).toEqual([event, true]);
  }
});
