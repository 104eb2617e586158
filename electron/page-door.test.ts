import { expect, test } from "vitest";
import { CHANNELS } from "./channels.ts";
import { isFromPage, openDoor } from "./page-door.ts";
import type { Sender } from "./page-door.ts";

const page: Sender = { senderFrame: { url: "app://bundle/", parent: null } };

const strangers: readonly [string, Sender][] = [
  ["a frame that has gone", { senderFrame: null }],
  [
    "a frame inside the page",
    { senderFrame: { url: "app://bundle/", parent: {} } },
  ],
  [
    "another site",
    { senderFrame: { url: "https://evil.example/", parent: null } },
  ],
  [
    "another host of our scheme",
    { senderFrame: { url: "app://evil/", parent: null } },
  ],
  [
    "a scheme whose origin is null too",
    { senderFrame: { url: "file:///app", parent: null } },
  ],
  ["no address", { senderFrame: { url: "", parent: null } }],
  [
    "a name in the address",
    { senderFrame: { url: "app://bundle@evil/", parent: null } },
  ],
];

function open(hasCore = true) {
  const handlers = new Map<
    string,
    (event: Sender, ...args: unknown[]) => unknown
  >();
  const calls: string[] = [];
  const ipc = {
    handle: (channel: string, handler: (event: Sender) => unknown) =>
      handlers.set(channel, handler),
    on: (channel: string, handler: (event: Sender) => unknown) =>
      handlers.set(channel, handler),
  };
  openDoor<Sender>({
    ipc,
    giveLine: () => {
      calls.push("line");
      return hasCore;
    },
    grant: (path) => {
      calls.push(`grant ${path}`);
      return Promise.resolve({ grant: "g" });
    },
    keep: (bytes, name) => {
      calls.push(`keep ${bytes.join(",")} as ${name}`);
      return Promise.resolve({ grant: "k" });
    },
    openExternal: (address) => {
      calls.push(`open ${address}`);
      return Promise.reject(new Error("no browser"));
    },
    giveLinks: () => {
      calls.push("links");
    },
  });
  const send = async (channel: string, event: Sender, ...args: unknown[]) =>
    handlers.get(channel)?.(event, ...args);
  return { send, calls };
}

test("our page gets lines, grants, links, and opens addresses outside", async () => {
  const { send, calls } = open();
  expect(await send(CHANNELS.line, page)).toBe(true);
  expect(await send(CHANNELS.grant, page, "/a/b")).toEqual({ grant: "g" });
  await send(CHANNELS.links, page);
  await send(CHANNELS.outside, page, "https://example.org");
  expect(calls).toEqual([
    "line",
    "grant /a/b",
    "links",
    "open https://example.org/",
  ]);
  expect(await open(false).send(CHANNELS.line, page)).toBe(false);
});

test.each(strangers)("%s gets nothing", async (_name, event) => {
  const { send, calls } = open();
  expect(isFromPage(event)).toBe(false);
  await expect(send(CHANNELS.line, event)).rejects.toThrow();
  await expect(send(CHANNELS.grant, event, "/a")).rejects.toThrow();
  await send(CHANNELS.links, event);
  await send(CHANNELS.outside, event, "https://example.org");
  expect(calls).toEqual([]);
});

test.each([undefined, null, 1, "", {}, ["/a"], "x".repeat(10_000)])(
  "%j is no path",
  async (path) => {
    const { send, calls } = open();
    await expect(send(CHANNELS.grant, page, path)).rejects.toThrow();
    expect(calls).toEqual([]);
  },
);

test.each(["javascript:alert(1)", "file:///etc/passwd", "smb://x", {}, null])(
  "%j is not opened outside",
  async (address) => {
    const { send, calls } = open();
    await send(CHANNELS.outside, page, address);
    expect(calls).toEqual([]);
  },
);

test("bytes of a pasted picture are kept under their name; anything else is refused", async () => {
  const { send, calls } = open();
  const bytes = new Uint8Array([1, 2]);
  expect(await send(CHANNELS.keep, page, bytes, "shot.png")).toEqual({
    grant: "k",
  });
  expect(calls).toEqual(["keep 1,2 as shot.png"]);
  for (const [what, name] of [
    ["text", "a"],
    [bytes, ""],
    [bytes, 7],
    [null, "a"],
  ])
    await expect(send(CHANNELS.keep, page, what, name)).rejects.toThrow();
  for (const [, stranger] of strangers)
    await expect(send(CHANNELS.keep, stranger, bytes, "a")).rejects.toThrow();
  expect(calls).toHaveLength(1);
});
