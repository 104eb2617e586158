import { timingSafeEqual } from "node:crypto";
import {
  connect,
  createServer,
  type ConnectionOptions,
  type TLSSocket,
} from "node:tls";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { fingerprintOf, type BulkIdentity } from "./bulk-certificate.ts";

/*
 * A second connection beside a line between the same two devices, for bytes
 * alone: TLS 1.3, both ends pinned. Runs in worker threads.
 */

export interface LinkTools {
  readonly clock: Clock;
  readonly random: Random;
  /** From listening or calling to linked; LINK_MS when left out. */
  readonly withinMs?: number | undefined;
}

/** What both ends agree on over the line before they link. */
export interface BulkPins {
  readonly identity: BulkIdentity;
  /** Fingerprint of the certificate the other end will show. */
  readonly peer: Uint8Array;
}

/** Waits for the other end at a port of its own. */
export interface BulkListener {
  readonly port: number;
  /** What the other end says first; good for one connection. */
  readonly token: Buffer;
  /** The link, and null when nobody came in time. Nothing listens any more then. */
  readonly link: Promise<TLSSocket | null>;
  close(): void;
}

export const TOKEN_BYTES = 32;
/** From listening to linked: on one network all of it takes milliseconds. */
export const LINK_MS = 3_000;
/** Connections that may show themselves at one moment; further ones are closed unheard. */
const CALLERS = 8;

/** AES first: almost every processor has it built in. */
const TLS = {
  minVersion: "TLSv1.3",
  maxVersion: "TLSv1.3",
  ciphers: "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256",
  // No authority knows these certificates: they are pinned instead, right below.
  rejectUnauthorized: false,
} as const;

/**
 * Listens on one address, at any free port, for one caller with the pinned
 * certificate and the token. Everybody else is dropped, and after `withinMs` the
 * port is closed. Null when nothing can listen there.
 */
export async function listenBulk(
  host: string,
  { identity, peer }: BulkPins,
  { clock, random, withinMs = LINK_MS }: LinkTools,
): Promise<BulkListener | null> {
  const token = random.bytes(TOKEN_BYTES);
  const callers = new Set<TLSSocket>();
  let settle: (link: TLSSocket | null) => void = () => undefined;
  const link = new Promise<TLSSocket | null>((resolve) => {
    settle = (caller) => {
      cancel();
      server.close();
      for (const one of callers) if (one !== caller) one.destroy();
      resolve(caller);
    };
  });
  const server = createServer({
    ...TLS,
    key: identity.key,
    cert: identity.certificate,
    requestCert: true,
    handshakeTimeout: withinMs,
    noDelay: true,
  });
  server.maxConnections = CALLERS;
  server.on("tlsClientError", (_, caller) => caller.destroy());
  server.on("secureConnection", (caller) => {
    caller.on("error", ignore);
    callers.add(caller);
    caller.on("close", () => callers.delete(caller));
    if (!isPinned(caller, peer)) caller.destroy();
    else
      readToken(caller, (said) => {
        if (timingSafeEqual(said, token)) settle(caller);
        else caller.destroy();
      });
  });
  const cancel = clock.after(withinMs, () => {
    settle(null);
  });
  const port = await bind(server, host);
  if (port === null) {
    settle(null);
    return null;
  }
  return {
    port,
    token,
    link,
    close() {
      settle(null);
    },
  };
}

/** Reads what the link brings without making a buffer for each piece. */
export interface BulkReading {
  /** Where the next bytes go; asked for anew before each piece. */
  buffer(): Uint8Array;
  /** So many bytes came into that buffer. */
  came(count: number): void;
}

/**
 * Calls a listener. The link is up when the other end showed the pinned
 * certificate; whether it took our token shows by its answers. Null when it came
 * to nothing in time.
 */
export function dialBulk(
  to: { readonly host: string; readonly port: number; readonly token: Buffer },
  { identity, peer }: BulkPins,
  reading: BulkReading | null,
  { clock, withinMs = LINK_MS }: LinkTools,
): Promise<TLSSocket | null> {
  return new Promise((resolve) => {
    let isUp = false;
    const options: ConnectionOptions & Onread = {
      ...TLS,
      host: to.host,
      port: to.port,
      key: identity.key,
      cert: identity.certificate,
      onread: reading === null ? undefined : onread(reading, () => isUp),
    };
    const socket = connect(options);
    socket.setNoDelay(true);
    socket.on("error", ignore);
    const cancel = clock.after(withinMs, () => {
      socket.destroy();
    });
    socket.on("close", () => {
      cancel();
      resolve(null);
    });
    socket.on("secureConnect", () => {
      cancel();
      if (!isPinned(socket, peer)) {
        socket.destroy();
        return;
      }
      isUp = true;
      socket.write(to.token);
      resolve(socket);
    });
  });
}

/** Known to `tls.connect` as to `net.connect`, and missing from its types. */
interface Onread {
  readonly onread?:
    | {
        readonly buffer: () => Uint8Array;
        readonly callback: (count: number) => boolean;
      }
    | undefined;
}

function onread(reading: BulkReading, isUp: () => boolean): Onread["onread"] {
  return {
    buffer: () => reading.buffer(),
    callback(count) {
      // Nobody honest says a word before it was proved.
      if (isUp()) reading.came(count);
      return true;
    },
  };
}

function isPinned(socket: TLSSocket, peer: Uint8Array): boolean {
  const shown = socket.getPeerX509Certificate();
  return shown !== undefined && fingerprintOf(shown.raw).equals(peer);
}

function readToken(caller: TLSSocket, done: (said: Buffer) => void): void {
  function onReadable(): void {
    const said: unknown = caller.read(TOKEN_BYTES);
    if (!Buffer.isBuffer(said) || said.byteLength !== TOKEN_BYTES) return;
    caller.off("readable", onReadable);
    done(said);
  }
  caller.on("readable", onReadable);
}

function bind(
  server: ReturnType<typeof createServer>,
  host: string,
): Promise<number | null> {
  return new Promise((resolve) => {
    server.on("error", () => {
      resolve(null);
    });
    server.listen({ host, port: 0 }, () => {
      const address = server.address();
      resolve(
        address !== null && typeof address === "object" ? address.port : null,
      );
    });
  });
}

function ignore(): void {
  // The close event tells all that matters.
}
