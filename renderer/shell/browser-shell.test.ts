import { safeParse } from "valibot";
import { expect, onTestFinished, test, vi } from "vitest";
import { fileRootSchema } from "#core/contract/ids.ts";
import { isObject } from "#core/rpc/wire.ts";
import { connectBrowser } from "./browser-shell.ts";
import type { BrowserWindow } from "./browser-shell.ts";

/** A host's end of a web socket: welcomes the token and answers every call. */
class HostSocket extends EventTarget {
  readyState = 1;
  readonly heard: unknown[] = [];
  send(text: unknown): void {
    const message: unknown = JSON.parse(String(text));
    this.heard.push(message);
    if (!isObject(message)) return;
    if ("token" in message) this.#tell({ kind: "welcome" });
    if (message["kind"] === "call")
      this.#tell({ kind: "answer", id: message["id"], value: { posts: [] } });
  }
  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }
  #tell(message: unknown): void {
    const data = JSON.stringify(message);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

function openTab(hash: string) {
  const asked: [string, RequestInit][] = [];
  const sockets: HostSocket[] = [];
  const opened: string[] = [];
  let answers = (path: string): unknown =>
    path === "/session" ? { files: "/file/secret/" } : null;
  const window: BrowserWindow = {
    location: { hash, pathname: "/", host: "127.0.0.1:5" },
    history: { replaceState: () => undefined },
    sessionStorage: { getItem: () => null, setItem: () => undefined },
    fetch(address, init) {
      asked.push([address, init]);
      const answer = answers(address);
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(new Response(JSON.stringify(answer)));
    },
    createSocket(address) {
      expect(address).toBe("ws://127.0.0.1:5/core");
      const socket = new HostSocket();
      sockets.push(socket);
      queueMicrotask(() => socket.dispatchEvent(new Event("open")));
      return socket;
    },
    open: (address) => opened.push(address),
    after: () => () => undefined,
  };
  return {
    window,
    asked,
    sockets,
    opened,
    answer: (next: (path: string) => unknown) => {
      answers = next;
    },
  };
}

test("it shows the token in a header and on the socket, never in an address", async () => {
  const { window, asked, sockets } = openTab("#token=abc");
  const shell = await connectBrowser(window);
  expect(await shell.client.call("markAllRead", {})).toEqual({ posts: [] });
  expect(asked[0]?.[0]).toBe("/session");
  expect(asked[0]?.[1].headers).toEqual({ Authorization: "Bearer abc" });
  expect(sockets[0]?.heard[0]).toEqual({ token: "abc" });
});

test("a launch code is exchanged for the token first", async () => {
  const tab = openTab("#launch=code");
  tab.answer((path) =>
    path === "/launch" ? { token: "abc" } : { files: "/file/secret/" },
  );
  await connectBrowser(tab.window);
  expect(tab.asked.map(([path, init]) => [path, init.headers])).toEqual([
    ["/launch", { Authorization: "Bearer code" }],
    ["/session", { Authorization: "Bearer abc" }],
  ]);
});

test("a tab without the token, or whose host is gone or refuses, is told so", async () => {
  const gone = { code: "core-unavailable" };
  await expect(connectBrowser(openTab("").window)).rejects.toMatchObject(gone);
  for (const answer of [new TypeError("failed to fetch"), "", { files: 1 }]) {
    const tab = openTab("#token=abc");
    tab.answer(() => answer);
    await expect(connectBrowser(tab.window)).rejects.toMatchObject(gone);
  }
});

test("a socket that closes takes the connection down", async () => {
  const { window, sockets } = openTab("#token=abc");
  const { client } = await connectBrowser(window);
  await client.call("markAllRead", {});
  expect(client.connection.peek()).toBe("up");
  sockets[0]?.close();
  expect(client.connection.peek()).toBe("down");
});

test("a file's address lies under the session's own path", async () => {
  const root = safeParse(fileRootSchema, "y".repeat(52));
  const shell = await connectBrowser(openTab("#token=abc").window);
  if (!root.success) throw new Error("no root");
  expect(shell.fileUrl(root.output, "a b?.png")).toBe(
    `/file/secret/${"y".repeat(52)}?name=a%20b%3F.png`,
  );
});

test("a file is uploaded for a grant; a folder, which has no bytes, is none", async () => {
  const tab = openTab("#token=abc");
  const shell = await connectBrowser(tab.window);
  const file = new File(["x"], "a b.txt");
  tab.answer(() => ({ grant: "grant0001", name: "a b.txt", size: 1 }));
  expect(await shell.grant(file)).toMatchObject({ grant: "grant0001" });
  expect(tab.asked.at(-1)?.[0]).toBe("/upload?name=a%20b.txt");
  expect(tab.asked.at(-1)?.[1].body).toBe(file);
  tab.answer(() => new TypeError("failed to fetch"));
  expect(await shell.grant(file)).toBeNull();
  tab.answer(() => ({ code: "disk-full", details: {} }));
  await expect(shell.grant(file)).rejects.toMatchObject({ code: "disk-full" });
});

test("only addresses of the web and of mail are opened outside", async () => {
  const { window, opened } = openTab("#token=abc");
  const shell = await connectBrowser(window);
  shell.openOutside("javascript:alert(1)");
  shell.openOutside("https://example.org");
  expect(opened).toEqual(["https://example.org/"]);
});

test("a link in the address reaches whoever listens", async () => {
  const heard = vi.fn<(link: string) => void>();
  const { window } = openTab("#token=abc&link=commonplace%3Ax");
  const shell = await connectBrowser(window);
  onTestFinished(shell.onLink(heard));
  expect(heard.mock.calls).toEqual([["commonplace:x"]]);
});
