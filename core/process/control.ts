import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { randomId, type Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Core } from "#core/core-port.ts";
import { serve } from "#core/rpc/server.ts";
import type { Port } from "#core/rpc/wire.ts";
import { controlPort } from "./control-port.ts";

/** Beside the data: where a running app listens for the command line. */
const NOTE = "control.json";
const noteSchema = v.strictObject({ address: v.string() });
/** Terminals of one person at one time. */
const CONNECTIONS = 32;

export interface ControlOptions {
  readonly core: Pick<Core, "handlers" | "states" | "grants">;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * Serves the contract to this person's own terminals: a socket in a folder that
 * only they may enter, its address written down in the data folder. A terminal
 * may name any path, as the person at it may.
 */
export async function openControl(options: ControlOptions): Promise<Resource> {
  const { core, dataFolder, clock, random, logger } = options;
  const [address, removeFolder] = await placeOf(random);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(controlPort(socket), {
      handlers: {
        ...core.handlers,
        grantFolder: ({ path }) => core.grants.add(path),
      },
      states: core.states,
      logger,
      timers: clock,
    });
  });
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, resolve);
  });
  server.on("error", () => {
    logger.warn("listening for the command line failed");
  });
  const note = join(dataFolder, NOTE);
  await writeFile(note, JSON.stringify({ address }), { mode: 0o600 });
  return {
    async close() {
      await rm(note, { force: true });
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await removeFolder();
    },
  };
}

/** A line to the app that runs on this data folder; null when none does. */
export async function connectControl(dataFolder: string): Promise<Port | null> {
  const address = await readNote(dataFolder);
  if (address === null) return null;
  const socket = connect(address);
  return await new Promise((resolve) => {
    socket.once("connect", () => {
      resolve(controlPort(socket));
    });
    // Left behind by one that was killed.
    socket.once("error", () => {
      resolve(null);
    });
  });
}

async function readNote(dataFolder: string): Promise<string | null> {
  try {
    const text = await readFile(join(dataFolder, NOTE), "utf8");
    return v.parse(noteSchema, JSON.parse(text)).address;
  } catch {
    return null;
  }
}

/** A short path, whatever the data folder is called: sockets allow about a hundred characters. */
async function placeOf(
  random: Random,
): Promise<readonly [string, () => Promise<void>]> {
  if (process.platform === "win32")
    return [
      `\\\\.\\pipe\\commonplace-${randomId(random, 32)}`,
      () => Promise.resolve(),
    ];
  await mkdir(tmpdir(), { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "commonplace-"));
  return [
    join(folder, "control"),
    () => rm(folder, { recursive: true, force: true }),
  ];
}
