import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Core } from "#core/core-port.ts";
import { ATTACHMENT_BYTES } from "#core/contract/limits.ts";
import { serve } from "#core/rpc/server.ts";
import { MESSAGE_UNITS } from "#core/rpc/size.ts";
import { isObject } from "#core/rpc/wire.ts";
import { createSecret, isOwnHost, isOwnOrigin, isSecret } from "./guard.ts";
import { createLaunches } from "./launches.ts";
import { listPageFiles } from "./page-files.ts";
import { createRouter } from "./router.ts";
import { readJson, socketPort } from "./socket-port.ts";

/** A page that does not show its token within this time is cut. */
const TOKEN_WAIT_MS = 3_000;
/** Sockets that have not shown the token yet. Ours shows it at once. */
const UNPROVED_SOCKETS = 32;
/** A request whose headers do not come is cut. */
const HEADERS_WAIT_MS = 10_000;

export interface HostOptions {
  readonly core: Pick<Core, "handlers" | "states" | "files" | "grants">;
  readonly dataFolder: string;
  /** The built interface. */
  readonly pageFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The most bytes of one upload, when another limit than that of an attachment is wanted. */
  readonly uploadLimitBytes?: number;
}

export interface Host extends Resource {
  /** Where the page is, with the token in its fragment: whoever has it, has everything. */
  readonly url: string;
  readonly port: number;
  /**
   * An address for handing to a browser through the command line, where other
   * people of this computer can read it: works once, for a minute.
   */
  launchUrl(): string;
}

/**
 * Serves the page and the contract to a browser on this computer, and to
 * nobody else: 127.0.0.1 only, a random port, and a token that each page shows
 * before it gets anything of the person's.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { core, clock, logger, random } = options;
  const token = createSecret(random);
  const server = createServer({ headersTimeout: HEADERS_WAIT_MS });
  const port = await listen(server);
  const address = `127.0.0.1:${String(port)}`;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_UNITS,
    perMessageDeflate: false,
  });
  let unproved = 0;

  const launches = createLaunches(clock, random);
  const route = createRouter({
    launches,
    files: core.files,
    uploads: {
      dataFolder: options.dataFolder,
      grants: core.grants,
      random,
      limitBytes: options.uploadLimitBytes ?? ATTACHMENT_BYTES,
    },
    pageFiles: await listPageFiles(options.pageFolder),
    random,
    logger,
    token,
    address,
  });
  server.on("request", (request, response) => {
    logger.background("answering a request", route(request, response));
  });

  function isWelcome(request: IncomingMessage): boolean {
    return (
      request.url === "/core" &&
      isOwnHost(request.headers, address) &&
      isOwnOrigin(request.headers, address, false) &&
      unproved < UNPROVED_SOCKETS
    );
  }

  server.on("upgrade", (request: IncomingMessage, socket: Socket, head) => {
    if (!isWelcome(request)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, prove);
  });

  /** The first message must be the token; only then is there a core behind the socket. */
  function prove(socket: WebSocket): void {
    unproved++;
    const cancel = clock.after(TOKEN_WAIT_MS, () => {
      socket.terminate();
    });
    let isProved = false;
    function settle(): void {
      if (isProved) return;
      isProved = true;
      cancel();
      unproved--;
    }
    socket.on("error", () => {
      socket.terminate();
    });
    socket.on("close", settle);
    socket.once("message", (data) => {
      settle();
      const message = readJson(data);
      if (!isObject(message) || !isSecret(token, message["token"])) {
        socket.close(4401, "no");
        return;
      }
      serve(socketPort(socket), {
        handlers: core.handlers,
        states: core.states,
        logger,
        timers: clock,
      });
      socket.send(JSON.stringify({ kind: "welcome" }));
    });
  }

  return {
    url: `http://${address}/#token=${token}`,
    port,
    launchUrl: () => `http://${address}/#launch=${launches.create()}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("not listening on a port");
  return address.port;
}
