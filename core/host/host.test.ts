import { readFile, readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { oneFile, openHost } from "#core/testing/host-fixture.ts";

const ROOT = "y".repeat(52);
const film = oneFile(ROOT, 1000, "video/mp4");
let page: Awaited<ReturnType<typeof openHost>>;

beforeAll(async () => {
  page = await openHost(film.files);
});
afterAll(async () => {
  await page.close();
});

/** What no refused request may answer with. */
function expectNothing(body: Buffer): void {
  expect(body.toString()).not.toMatch(/files|grant|\0|doctype|not for you/);
}

test("the address is on this computer only, with 256 bits in its fragment", () => {
  expect(page.host.url).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/,
  );
});

test("the page and its files are served under the strict policy", async () => {
  for (const path of ["/", "/index.html", "/assets/a.js"]) {
    const { status, headers } = await page.ask(path);
    expect(status).toBe(200);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${String(page.host.port)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types own-worker`,
    );
  }
});

test.each([
  "/assets",
  "/assets/",
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%5c..%5csecret.txt",
  "/secret.txt",
  "/constructor",
  "/index.html/",
  "//127.0.0.1/",
  "http://evil.example/",
])("%s names nothing and lists nothing", async (path) => {
  const { status, body } = await page.ask(path);
  expect([403, 404]).toContain(status);
  expectNothing(body);
});

test.each([
  "evil.example",
  "localhost",
  "127.0.0.1",
  "127.0.0.1:1",
  "127.0.0.1.evil.example",
  "0.0.0.0",
  "[::1]",
  "*",
])("a request for the host %j gets nothing (rebinding)", async (Host) => {
  const { cookie, path } = await page.openSession();
  for (const [target, method] of [
    ["/", "GET"],
    [`${path}${ROOT}`, "GET"],
    ["/session", "POST"],
    ["/upload?name=a", "POST"],
  ] as const) {
    const answer = await page.ask(target, {
      method,
      headers: { ...page.own, Host, Cookie: cookie },
    });
    expect(answer.status).toBe(403);
    expectNothing(answer.body);
  }
  const { Origin } = page.own;
  expect(await page.knock(token(), { Origin, Host })).toBe(403);
});

test.each([
  "http://evil.example",
  "null",
  "https://127.0.0.1",
  "http://127.0.0.1:1",
  "http://localhost",
  "",
])("a request from the origin %j gets nothing", async (Origin) => {
  const { cookie, path } = await page.openSession();
  for (const [target, method] of [
    ["/", "GET"],
    [`${path}${ROOT}`, "GET"],
    ["/session", "POST"],
    ["/upload?name=a", "POST"],
  ] as const) {
    const answer = await page.ask(target, {
      method,
      headers: { ...page.own, Origin, Cookie: cookie },
    });
    expect(answer.status).toBe(403);
    expectNothing(answer.body);
  }
  expect(await page.knock(token(), { Origin })).toBe(403);
});

test("what acts must name its origin", async () => {
  const { Authorization } = page.own;
  for (const path of ["/session", "/upload?name=a"]) {
    const answer = await page.ask(path, {
      method: "POST",
      headers: { Authorization },
    });
    expect(answer.status).toBe(403);
  }
  expect(await page.knock(token(), {})).toBe(403);
});

test("a form cannot post: it has no way to send the token", async () => {
  const { Origin } = page.own;
  for (const type of [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    "text/plain",
  ]) {
    const answer = await page.ask(`/upload?name=a&token=${page.token}`, {
      method: "POST",
      headers: { Origin, "Content-Type": type },
      body: `token=${page.token}`,
    });
    expect(answer.status).toBe(403);
  }
});

test.each(["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])(
  "%s is not answered with anything",
  async (method) => {
    const answer = await page.ask("/session", { method, headers: page.own });
    expect(answer.status).toBe(405);
    expectNothing(answer.body);
  },
);

function token(): string {
  return JSON.stringify({ token: page.token });
}

test("a socket that shows the token is welcome and has the core", async () => {
  expect(await page.knock(token())).toBe('{"kind":"welcome"}');
});

test.each([
  ["nothing", ""],
  ["no token", "{}"],
  ["a number", '{"token":1}'],
  ["a prefix", '{"token":"a"}'],
  ["a call", '{"kind":"call","id":1,"method":"showPhrase","input":{}}'],
  ["garbage", "\0\0\0"],
  ["a list", "[]"],
  ["a prototype", '{"__proto__":{"token":"a"}}'],
])("a socket that begins with %s is closed", async (_name, first) => {
  expect(await page.knock(first)).toBe(4401);
});

test("a token in the address, or to another path, opens nothing", async () => {
  const { Origin } = page.own;
  const headers = { Origin };
  expect(await page.knock("", headers, `/core?token=${page.token}`)).toBe(403);
  expect(await page.knock(token(), headers, "/")).toBe(403);
});

test("an address for launching a browser works once, and does not hold the token", async () => {
  const url = page.host.launchUrl();
  expect(url).not.toContain(page.token);
  const code = url.slice(url.indexOf("#launch=") + "#launch=".length);
  const { Origin } = page.own;
  const take = (Authorization: string, from: string) =>
    page.ask("/launch", {
      method: "POST",
      headers: { Origin: from, Authorization },
    });
  expect((await take(`Bearer ${code}`, "http://evil.example")).status).toBe(
    403,
  );
  expect((await take("Bearer guess", Origin)).status).toBe(403);
  const taken = await take(`Bearer ${code}`, Origin);
  expect(JSON.parse(taken.body.toString())).toEqual({ token: page.token });
  expect((await take(`Bearer ${code}`, Origin)).status).toBe(403);
});

test("two thousand guesses open nothing", async () => {
  for (let i = 0; i < 2000; i++) {
    const Authorization = `Bearer ${page.token.slice(0, -2)}${String(i).padStart(4, "0")}`;
    const answer = await page.ask("/session", {
      method: "POST",
      headers: { ...page.own, Authorization },
    });
    expect(answer.status).toBe(403);
  }
});

test("sockets that stay silent hold no place for long, and no more than 32", async () => {
  const { Origin } = page.own;
  const silent = Array.from({ length: 32 }, () =>
    connect(page.host.port, "127.0.0.1"),
  );
  let cut = 0;
  for (const socket of silent) {
    socket.on("error", () => undefined);
    socket.on("close", () => cut++);
    socket.resume();
    socket.write(
      `GET /core HTTP/1.1\r\nHost: 127.0.0.1:${String(page.host.port)}\r\nOrigin: ${Origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
  }
  await vi.waitFor(async () => {
    expect(await page.knock(token())).toBe(403);
  });
  await vi.waitFor(
    () => {
      expect(cut).toBe(32);
    },
    { timeout: 6000 },
  );
  expect(await page.knock(token())).toBe('{"kind":"welcome"}');
});

test("the session's cookie is out of the page's reach and of other sites' and ports'", async () => {
  const { setCookie, path } = await page.openSession();
  expect(path).toMatch(/^\/file\/[\w-]{43}\/$/);
  expect(setCookie).toMatch(
    /^commonplace-\d+=[\w-]{43}; Path=\/file\/[\w-]{43}\/; HttpOnly; SameSite=Strict$/,
  );
  expect(setCookie).not.toContain(page.token);
});

test("a file comes whole, with headers that keep it harmless", async () => {
  const { cookie, path } = await page.openSession();
  const answer = await page.ask(`${path}${ROOT}?name=film%20%E2%80%AE.mp4`, {
    headers: { Cookie: cookie },
  });
  expect(answer.status).toBe(200);
  expect(answer.body).toHaveLength(1000);
  expect(answer.headers).toMatchObject({
    "content-type": "video/mp4",
    "content-length": "1000",
    "content-disposition": "inline; filename*=UTF-8''film%20.mp4",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    "cache-control": "no-store",
  });
});

test.each([
  ["bytes=10-19", 206, "bytes 10-19/1000", 10, 10],
  ["bytes=990-", 206, "bytes 990-999/1000", 990, 10],
  ["bytes=-5", 206, "bytes 995-999/1000", 995, 5],
  ["bytes=0-99999", 206, "bytes 0-999/1000", 0, 1000],
  ["bytes=0-1,5-6", 200, undefined, 0, 1000],
])(
  "the range %s is answered with its bytes",
  async (Range, status, range, first, length) => {
    const { cookie, path } = await page.openSession();
    const answer = await page.ask(`${path}${ROOT}`, {
      headers: { Cookie: cookie, Range },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers["content-range"]).toBe(range);
    expect(answer.body).toHaveLength(length);
    expect(answer.body[0]).toBe(first % 256);
  },
);

test("a range outside the file is answered with the size", async () => {
  const { cookie, path } = await page.openSession();
  const answer = await page.ask(`${path}${ROOT}`, {
    headers: { Cookie: cookie, Range: "bytes=1000-" },
  });
  expect(answer.status).toBe(416);
  expect(answer.headers["content-range"]).toBe("bytes */1000");
});

test("files without the cookie, with a wrong one, under another path or from elsewhere are refused", async () => {
  const { cookie, path } = await page.openSession();
  const name = cookie.split("=")[0] ?? "";
  for (const headers of [
    {},
    { Cookie: `${name}=${"a".repeat(43)}` },
    { Cookie: `${name}=` },
    { Cookie: `${name}=${page.token}` },
    { Authorization: `Bearer ${page.token}` },
    { Cookie: cookie, "Sec-Fetch-Site": "cross-site" },
    { Cookie: cookie, "Sec-Fetch-Site": "same-site" },
  ]) {
    const answer = await page.ask(`${path}${ROOT}`, { headers });
    expect(answer.status).toBe(403);
    expectNothing(answer.body);
  }
  const other = await page.ask(`/file/${ROOT}`, {
    headers: { Cookie: cookie },
  });
  expect(other.status).toBe(403);
});

test("what is no file is not there", async () => {
  const { cookie, path } = await page.openSession();
  for (const root of ["", "..", "n".repeat(52), `${ROOT}/`, "%00"]) {
    const answer = await page.ask(`${path}${root}`, {
      headers: { Cookie: cookie },
    });
    expect([403, 404]).toContain(answer.status);
  }
});

test("a reader that leaves lets go of the file", async () => {
  const { cookie, path } = await page.openSession();
  for (let i = 0; i < 20; i++) {
    const socket = connect(page.host.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `GET ${path}${ROOT} HTTP/1.1\r\nHost: 127.0.0.1:${String(page.host.port)}\r\nCookie: ${cookie}\r\n\r\n`,
    );
    socket.once("data", () => socket.destroy());
  }
  await vi.waitFor(async () => {
    await page.ask("/");
    expect(film.open).toBe(0);
  });
  expect(page.bugs).toEqual([]);
});

test("an upload is granted under a name of its own, with the shown name cleaned", async () => {
  const answer = await page.ask("/upload?name=..%2F..%2Fphoto.png", {
    method: "POST",
    headers: { ...page.own, "Content-Type": "application/octet-stream" },
    body: "picture",
  });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    name: "photo.png",
  });
  const granted = page.core.granted.at(-1);
  expect(granted?.name).toBe("photo.png");
  expect(granted?.path).toMatch(/incoming\/[a-z0-9]{32}$/);
  expect(await readFile(granted?.path ?? "", "utf8")).toBe("picture");
});

test("an upload beyond the limit leaves nothing, whether it says its size or not", async () => {
  const incoming = join(page.dataFolder, "incoming");
  const before = await readdir(incoming);
  for (const more of [{}, { "Transfer-Encoding": "chunked" }]) {
    const answer = await page.ask("/upload?name=large", {
      method: "POST",
      headers: { ...page.own, ...more },
      body: Buffer.alloc(1001),
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body.toString())).toEqual({
      code: "file-large",
      details: { name: "large", limitBytes: 1000 },
    });
  }
  expect(await readdir(incoming)).toEqual(before);
});

test("nothing of all this was a bug", () => {
  expect(page.bugs).toEqual([]);
});
