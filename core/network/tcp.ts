import { connect, type Socket } from "node:net";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import { createState, type State } from "#core/base/state.ts";
import { FIRST_MESSAGE_MS } from "#core/contract/limits.ts";
import { createDialler, type Attempt } from "./dialler.ts";
import { capFrames } from "./frame-cap.ts";
import { watchInterfaces, type InterfaceAddress } from "./interfaces.ts";
import { openLine } from "./line.ts";
import { listen, type Listener } from "./listener.ts";
import {
  canDial,
  dialHost,
  isLinkLocalV6,
  plainHost,
} from "./local-address.ts";
import { createOneEach } from "./one-each.ts";
import type { Address, Line, Network, Wanted } from "./port.ts";
import { watchSilence, type SilenceWatch } from "./silence.ts";

export interface TcpOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Tried first, so that addresses others remember stay true; 0 for any. */
  readonly preferredPort: number;
  /** Listen on this address alone: 127.0.0.1 for tests and demonstrations. */
  readonly host?: string;
  /** The computer's interfaces; when left out the real ones, or `host` alone. */
  readonly readInterfaces?: () => readonly InterfaceAddress[];
}

export interface TcpNetwork extends Network {
  /**
   * A second port to be dialled at, another one each run: what is announced to
   * everybody on the network must not show who was here before (ME6). Null while quiet.
   */
  readonly runPort: State<number | null>;
  /** Whether an interface leads into a private network of somebody. */
  isVpn(): boolean;
  /** Interfaces with an address of IPv6 that means something there alone; none while quiet. */
  zones(): readonly string[];
}

/** A sign of life this often on an idle line; the other end counts on it. */
const KEEP_ALIVE_MS = 5_000;
/** TCP's own handshake and Noise's: on one network both take milliseconds. */
const DIAL_MS = 5_000;
/** A computer without one free port: it may have one later. */
const LISTEN_AGAIN_MS = 30_000;

/**
 * TCP with Noise on the local network (ME1, ME6). The key pair of the handshake
 * is made here and lives as long as this adapter (ME2). Looks nothing up: hosts
 * are addresses, private or of this computer; others are passed over.
 */
export function createTcpNetwork(options: TcpOptions): TcpNetwork {
  const { clock, random, logger, host } = options;
  const keyPair = NoiseSecretStream.keyPair(random.bytes(32));
  const interfaces = watchInterfaces({
    clock,
    host: options.readInterfaces === undefined ? host : undefined,
    read: options.readInterfaces,
  });
  const addresses = createState<readonly Address[]>([]);
  const runPort = createState<number | null>(null);
  const sockets = new Set<Socket>();
  const serial = createSerial();
  const lines = createOneEach(clock, announce);
  const dialler = createDialler({ clock, random, dial });
  let onLine: (line: Line) => void = (line) => {
    line.close();
  };
  let isWanted = false;
  let isClosed = false;
  let port = options.preferredPort;
  let listener: Listener | null = null;
  let runListener: Listener | null = null;
  let silence: SilenceWatch | null = null;
  let cancelRetry = (): void => undefined;

  const unsubscribe = interfaces.hosts.subscribe(() => {
    report();
    // With the address the line is dead, and no end hears of it.
    for (const socket of sockets)
      if (!interfaces.isOwn(plainHost(socket.localAddress ?? "")))
        socket.destroy();
    dialler.hurry();
  });

  function announce(line: Line): void {
    if (isWanted) onLine(line);
    else line.close();
  }

  function report(): void {
    const hosts = listener === null ? [] : interfaces.hosts.peek();
    addresses.set(hosts.map((one) => ({ host: one, port })));
  }

  /** Noise over a socket, within a time; null when it came to nothing. */
  async function secure(
    socket: Socket,
    isInitiator: boolean,
    remote: Address | null,
  ): Promise<Line | null> {
    const stream = new NoiseSecretStream(isInitiator, socket, { keyPair });
    capFrames(stream, "handshake");
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    const cancel = clock.after(isInitiator ? DIAL_MS : FIRST_MESSAGE_MS, () => {
      stream.destroy();
    });
    const line = await openLine(stream, () => ({ transport: "tcp", remote }));
    cancel();
    if (line === null || !isWanted) {
      stream.destroy();
      return null;
    }
    stream.setKeepAlive(KEEP_ALIVE_MS);
    silence?.add(socket);
    return line;
  }

  async function accept(socket: Socket): Promise<void> {
    const line = await secure(socket, false, null);
    if (line === null) return;
    if (isOwn(line)) line.close();
    else lines.add(line);
  }

  let tries = 0;
  async function dial(remote: Address, signal: AbortSignal): Promise<Attempt> {
    tries += 1;
    const target = zoned(remote, interfaces.zones(), tries);
    const socket = connect({ ...target, noDelay: true });
    const onAbort = (): void => {
      socket.destroy();
    };
    signal.addEventListener("abort", onAbort);
    const line = await secure(socket, true, remote);
    signal.removeEventListener("abort", onAbort);
    if (line === null) return { kind: "failed" };
    if (isOwn(line)) {
      line.close();
      return { kind: "self" };
    }
    return { kind: "line", closed: lines.add(line).closed };
  }

  function isOwn(line: Line): boolean {
    return line.stream.remotePublicKey.equals(keyPair.publicKey);
  }

  async function follow(): Promise<void> {
    if (isWanted && listener === null) await start();
    if (!isWanted) await stop();
  }

  async function start(): Promise<void> {
    cancelRetry();
    silence ??= watchSilence(clock);
    listener = await listenAt(port);
    if (listener === null) {
      logger.warn("no port to listen on");
      cancelRetry = clock.after(LISTEN_AGAIN_MS, settle);
      return;
    }
    port = listener.port;
    report();
    runListener = await listenAt(0);
    runPort.set(runListener?.port ?? null);
  }

  function listenAt(wantedPort: number): Promise<Listener | null> {
    return listen({
      logger,
      port: wantedPort,
      host,
      onSocket(socket) {
        logger.background("tcp accept", accept(socket));
      },
    });
  }

  async function stop(): Promise<void> {
    cancelRetry();
    const closing = [listener?.close(), runListener?.close()];
    listener = null;
    runListener = null;
    runPort.set(null);
    silence?.stop();
    silence = null;
    report();
    const gone = [...sockets].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    for (const socket of sockets) socket.destroy();
    await Promise.all([...closing, ...gone]);
  }

  function settle(): void {
    logger.background("tcp settle", serial(follow));
  }

  function want(wanted: Wanted): void {
    isWanted = wanted.topics.length > 0 || wanted.addresses.length > 0;
    const isNear = (one: Address): boolean =>
      wanted.reach !== "this-network" || interfaces.isOnLink(one.host);
    dialler.want(
      wanted.addresses
        .map((one) => ({ host: dialHost(one.host), port: one.port }))
        .filter((one) => canDial(one) && isNear(one)),
    );
    settle();
  }

  return {
    addresses,
    runPort,
    isVpn: () => interfaces.isVpn(),
    zones: () => (listener === null ? [] : interfaces.zones()),
    online: interfaces.online,
    onLine(heard) {
      onLine = heard;
    },
    want(wanted) {
      if (!isClosed) want(wanted);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      unsubscribe();
      want({ topics: [], addresses: [] });
      await serial(follow);
      await interfaces.close();
    },
  };
}

/** Link-local IPv6 needs an interface: where none is named, each try takes the next. */
function zoned(
  address: Address,
  zones: readonly string[],
  turn: number,
): Address {
  const { host } = address;
  const isOpen = isLinkLocalV6(host) && !host.includes("%");
  const zone = isOpen ? zones[turn % zones.length] : null;
  return zone === null || zone === undefined
    ? address
    : { host: `${host}%${zone}`, port: address.port };
}
