import { expect, test } from "vitest";
import { createPageProtocol } from "./page-protocol.ts";
import type { FileAsked } from "./page-protocol.ts";

function openPage(hasCore = true) {
  const asked: FileAsked[] = [];
  const read: string[] = [];
  const answer = createPageProtocol({
    pageFolder: "/app/renderer",
    readFile(path) {
      read.push(path);
      return path.includes("missing")
        ? Promise.reject(new Error("ENOENT"))
        : Promise.resolve(Buffer.from("content"));
    },
    openFile(file) {
      asked.push(file);
      return hasCore ? Promise.resolve(new Response("bytes")) : null;
    },
  });
  const get = (url: string, init?: RequestInit) =>
    answer(new Request(url, init));
  return { get, asked, read };
}

test("the page is served with its type and the strict policy", async () => {
  const { get, read } = openPage();
  const response = await get("app://bundle/");
  expect(await response.text()).toBe("content");
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-security-policy")).toContain(
    "default-src 'none'; script-src 'self'",
  );
  await get("app://bundle/assets/index-a_b.c.js");
  expect(read).toEqual([
    "/app/renderer/index.html",
    "/app/renderer/assets/index-a_b.c.js",
  ]);
});

test.each([
  "app://bundle/..%2f..%2fetc/passwd",
  "app://bundle/.hidden",
  "app://bundle/assets/",
  "app://bundle/a%00b",
  "app://bundle//etc/passwd",
  "app://bundle/a%5c..%5cb",
])("%s is not read from disk", async (url) => {
  const { get, read } = openPage();
  const { status } = await get(url);
  expect(status).toBe(404);
  expect(read).toEqual([]);
});

test("dots in a path lead nowhere outside", async () => {
  const { get, read } = openPage();
  await get("app://bundle/../../etc/passwd");
  await get("app://bundle/assets/%2e%2e/%2E%2E/etc/passwd");
  expect(new Set(read)).toEqual(new Set(["/app/renderer/etc/passwd"]));
});

test("a file that is not there is 404", async () => {
  const { get } = openPage();
  expect((await get("app://bundle/missing.js")).status).toBe(404);
});

test.each(["app://other/", "http://bundle/", "app://bundle.other/"])(
  "%s is not ours",
  async (url) => {
    const { get, read } = openPage();
    expect((await get(url)).status).toBe(403);
    expect(read).toEqual([]);
  },
);

test("other methods than GET and HEAD are refused, and HEAD has no body", async () => {
  const { get } = openPage();
  expect((await get("app://bundle/", { method: "POST" })).status).toBe(405);
  expect((await get("app://bundle/", { method: "HEAD" })).body).toBeNull();
});

test("files by content are the core's, with name and range", async () => {
  const { get, asked } = openPage();
  const url = "app://bundle/file/abc?name=a%20b.png";
  const response = await get(url, { headers: { Range: "bytes=0-1" } });
  expect(await response.text()).toBe("bytes");
  expect(asked).toEqual([{ root: "abc", name: "a b.png", range: "bytes=0-1" }]);
  expect((await openPage(false).get(url)).status).toBe(503);
});
