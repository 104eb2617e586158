import { createServer, type Server, type Socket } from "node:net";
import type { Logger } from "#core/base/logger.ts";
import { isLocalHost, plainHost } from "./local-address.ts";

/** More lines than one computer has use for; further ones are closed unheard. */
const SOCKETS = 256;
/** No single machine may take all the places. */
const SOCKETS_PER_HOST = 16;

export interface Listener {
  readonly port: number;
  /**
   * Stops listening. Sockets handed over are their owner's to close; resolves
   * when the last of them is gone.
   */
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly logger: Logger;
  /** Tried first; when it is taken, any free port is. 0 for any at once. */
  readonly port: number;
  /** The only address to listen on; all of them when left out. */
  readonly host?: string | undefined;
  readonly onSocket: (socket: Socket) => void;
}

/** Listens for TCP from this computer's own network only (ME6); null when no port can be had. */
export async function listen(
  options: ListenerOptions,
): Promise<Listener | null> {
  const perHost = new Map<string, number>();
  const server = createServer({ noDelay: true });
  server.maxConnections = SOCKETS;
  server.on("error", () => {
    options.logger.warn("listening for devices failed");
  });
  server.on("connection", (socket) => {
    const host = plainHost(socket.remoteAddress ?? "");
    const count = (perHost.get(host) ?? 0) + 1;
    if (!isLocalHost(host) || count > SOCKETS_PER_HOST) {
      socket.on("error", () => undefined);
      socket.destroy();
      return;
    }
    perHost.set(host, count);
    socket.on("close", () => {
      const left = (perHost.get(host) ?? 1) - 1;
      if (left === 0) perHost.delete(host);
      else perHost.set(host, left);
    });
    options.onSocket(socket);
  });

  const port =
    (await bind(server, options.port, options.host)) ??
    (options.port === 0 ? null : await bind(server, 0, options.host));
  if (port === null) return null;
  return {
    port,
    close() {
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function bind(
  server: Server,
  port: number,
  host: string | undefined,
): Promise<number | null> {
  return new Promise((resolve) => {
    function onError(): void {
      server.off("listening", onListening);
      resolve(null);
    }
    function onListening(): void {
      server.off("error", onError);
      const address = server.address();
      resolve(
        address !== null && typeof address === "object" ? address.port : null,
      );
    }
    server.once("error", onError);
    server.once("listening", onListening);
    server.listen(host === undefined ? { port } : { port, host });
  });
}
