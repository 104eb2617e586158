import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { startHost } from "#core/host/host.ts";
import type { FileSource } from "#core/core-port.ts";
import { createFakeCore } from "./fake-core.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A browser host around a fake core, and a client that can lie about everything. */
export async function openHost(files?: FileSource) {
  const folder = await mkdtemp(join(tmpdir(), "host-"));
  const pageFolder = join(folder, "page");
  await mkdir(join(pageFolder, "assets"), { recursive: true });
  await writeFile(join(pageFolder, "index.html"), "<!doctype html>");
  await writeFile(join(pageFolder, "assets", "a.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "not for you");
  const dataFolder = join(folder, "data");
  const bugs: string[] = [];
  const core = createFakeCore(files === undefined ? {} : { files });
  const host = await startHost({
    core,
    dataFolder,
    pageFolder,
    clock: systemClock,
    random: systemRandom,
    logger: createLogger(
      (line) => bugs.push(line),
      () => "R",
    ),
    uploadLimitBytes: 1000,
  });
  const { origin, hash } = new URL(host.url);
  const token = hash.slice("#token=".length);

  async function ask(path: string, options: AskOptions = {}): Promise<Answer> {
    const sent = request({
      host: "127.0.0.1",
      port: host.port,
      path,
      agent: false,
      method: options.method ?? "GET",
      headers: { ...options.headers },
    });
    return new Promise((resolve, reject) => {
      sent.on("error", reject);
      sent.on("response", (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces),
          });
        });
      });
      sent.end(options.body);
    });
  }

  /** Headers of our own page's requests that act. */
  const own = { Origin: origin, Authorization: `Bearer ${token}` };

  /** Gets the cookie and the path of files, as our page does. */
  async function openSession() {
    const answer = await ask("/session", { method: "POST", headers: own });
    const cookie = answer.headers["set-cookie"]?.[0] ?? "";
    return {
      path: /"files":"([^"]+)"/.exec(answer.body.toString())?.[1] ?? "",
      cookie: cookie.split(";")[0] ?? "",
      setCookie: cookie,
    };
  }

  /** Opens a web socket and sends `first`; answers with the next message or the close code. */
  async function knock(
    first: string | Buffer,
    headers: Readonly<Record<string, string>> = { Origin: origin },
    path = "/core",
  ): Promise<string | number> {
    const socket = new WebSocket(`ws://127.0.0.1:${String(host.port)}${path}`, {
      headers,
    });
    const ended = new Promise<string | number>((resolve) => {
      socket.on("message", (data) => {
        resolve(Buffer.isBuffer(data) ? data.toString() : "");
      });
      socket.on("close", resolve);
      socket.on("error", () => undefined);
      socket.on("unexpected-response", (_, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
    });
    socket.on("open", () => {
      socket.send(first);
    });
    const result = await ended;
    socket.terminate();
    return result;
  }

  return {
    host,
    core,
    bugs,
    origin,
    token,
    own,
    dataFolder,
    ask,
    openSession,
    knock,
    async close() {
      await host.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A file source with one file, whose bytes are their own positions. */
export function oneFile(root: string, size: number, mediaType: string) {
  let opened = 0;
  let closed = 0;
  const files: FileSource = {
    open(asked, range) {
      if (asked !== root) return Promise.resolve(null);
      const start =
        range === null
          ? 0
          : "last" in range
            ? Math.max(0, size - range.last)
            : range.start;
      const end =
        range === null || "last" in range
          ? size
          : Math.min(range.end ?? size, size);
      if (start >= end && size > 0)
        return Promise.resolve({ size, mediaType, start, end, stream: null });
      async function* stream() {
        opened++;
        try {
          for (let at = start; at < end; at += 7) {
            await Promise.resolve();
            yield Uint8Array.from(
              { length: Math.min(7, end - at) },
              (_, index) => (at + index) % 256,
            );
          }
        } finally {
          closed++;
        }
      }
      return Promise.resolve({ size, mediaType, start, end, stream: stream() });
    },
  };
  return {
    files,
    get open() {
      return opened - closed;
    },
  };
}
