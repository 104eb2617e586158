import { expect, test, vi } from "vitest";
import { LINE_MESSAGE } from "#core/contract/door.ts";
import type { Door } from "#core/contract/door.ts";
import { isObject } from "#core/rpc/wire.ts";
import { connectElectron } from "./electron-shell.ts";
import type { WindowMessage } from "./electron-shell.ts";

/** The core's end of a message port: answers every call. */
class CorePort extends EventTarget {
  isStarted = false;
  postMessage(message: unknown): void {
    if (!isObject(message) || message["kind"] !== "call") return;
    const data = { kind: "answer", id: message["id"], value: { posts: [] } };
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  start(): void {
    this.isStarted = true;
  }
  close(): void {
    this.isStarted = false;
  }
}

function openWindow() {
  const listeners = new Set<(message: WindowMessage) => void>();
  const tasks: (() => void)[] = [];
  const ports: CorePort[] = [];
  let coming = true;
  const send = (message: Partial<WindowMessage>) => {
    for (const listener of [...listeners])
      listener({ data: LINE_MESSAGE, isOwn: true, ports: [], ...message });
  };
  const door: Door = {
    requestLine() {
      const port = new CorePort();
      ports.push(port);
      if (coming)
        queueMicrotask(() => {
          send({ ports: [port] });
        });
      return Promise.resolve(coming);
    },
    grant: () => Promise.resolve(null),
    openOutside: () => undefined,
    onLink: (listener) => {
      listener("commonplace:x");
    },
  };
  const shell = connectElectron(door, {
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    after(_ms, task) {
      tasks.push(task);
      return () => tasks.splice(tasks.indexOf(task), 1);
    },
  });
  return {
    shell,
    ports,
    tasks,
    send,
    listeners,
    refuse: () => {
      coming = false;
    },
  };
}

test("a line comes as a window message, and nothing listens on", async () => {
  const { shell, listeners } = openWindow();
  expect(await shell.client.call("markAllRead", {})).toEqual({ posts: [] });
  expect(listeners.size).toBe(0);
});

test("messages of others, without a port or of another kind are no line", async () => {
  const window = openWindow();
  window.refuse();
  const port = new CorePort();
  window.send({ isOwn: false, ports: [port] });
  window.send({ data: "something", ports: [port] });
  window.send({ ports: [] });
  expect(port.isStarted).toBe(false);
  await window.shell.client.call("markAllRead", {});
  expect(window.ports[0]?.isStarted).toBe(true);
});

test("when a core's port closes the shell asks for another line", async () => {
  const window = openWindow();
  await window.shell.client.call("markAllRead", {});
  window.ports[0]?.dispatchEvent(new Event("close"));
  expect(window.shell.client.connection.peek()).toBe("down");
  window.tasks[0]?.();
  await vi.waitFor(() => {
    expect(window.shell.client.connection.peek()).toBe("up");
  });
  expect(window.ports).toHaveLength(2);
});

test("no core now means calls reject until there is one", async () => {
  const window = openWindow();
  await window.shell.client.call("markAllRead", {});
  window.refuse();
  window.ports[0]?.dispatchEvent(new Event("close"));
  await expect(
    window.shell.client.call("markAllRead", {}),
  ).rejects.toMatchObject({ code: "core-unavailable" });
});

test("files have addresses of the app's own scheme, and links arrive", () => {
  const { shell } = openWindow();
  const links: string[] = [];
  shell.onLink((link) => links.push(link));
  expect(links).toEqual(["commonplace:x"]);
});
