import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import {
  cpuOf,
  endProgram,
  freePort,
  pause,
  startProgram,
} from "../processes.ts";
import type { Rival } from "./rival.ts";

const API_KEY = "bench";
const POLL_MS = 20;

interface Device {
  readonly home: string;
  readonly id: string;
  readonly port: number;
  readonly apiPort: number;
}

/** From the moment the two are connected until one has what the other has. Nothing is synced to the disk. */
export const syncthing: Rival = {
  name: "syncthing",
  needs: ["syncthing"],
  async copy({ source, target, scratch, files }) {
    const sender = await device(join(scratch, "sender"));
    const receiver = await device(join(scratch, "receiver"));
    await configure(sender, receiver, {
      path: source,
      type: "sendonly",
      isPaused: false,
    });
    await configure(receiver, sender, {
      path: target,
      type: "receiveonly",
      isPaused: true,
    });
    const running = [sender, receiver].map(({ home }) =>
      startProgram("syncthing", [
        "serve",
        `--home=${home}`,
        "--no-browser",
        "--no-restart",
        "--logfile=-",
      ]),
    );
    const cpu = async (): Promise<number> =>
      (await Promise.all(running.map(cpuOf))).reduce((sum, it) => sum + it, 0);
    try {
      await until(async () => (await status(sender)).localFiles === files);
      await until(async () => (await status(receiver)).state === "idle");
      const before = await cpu();
      await api(receiver, `config/devices/${sender.id}`, { paused: false });
      await until(() => isConnected(receiver, sender));
      const start = performance.now();
      await until(async () => {
        const { globalFiles, needFiles, state } = await status(receiver);
        return globalFiles === files && needFiles === 0 && state === "idle";
      });
      const ms = performance.now() - start;
      return { ms, cpuSeconds: (await cpu()) - before };
    } finally {
      await Promise.all(running.map(endProgram));
    }
  },
};

async function device(home: string): Promise<Device> {
  await mkdir(home);
  await promisify(execFile)("syncthing", ["generate", `--home=${home}`]);
  const { stdout } = await promisify(execFile)("syncthing", [
    `--home=${home}`,
    "--device-id",
  ]);
  return {
    home,
    id: stdout.trim(),
    port: await freePort(),
    apiPort: await freePort(),
  };
}

async function configure(
  own: Device,
  other: Device,
  {
    path,
    type,
    isPaused,
  }: {
    readonly path: string;
    readonly type: string;
    readonly isPaused: boolean;
  },
): Promise<void> {
  const address = `tcp://127.0.0.1:${String(other.port)}`;
  await writeFile(
    join(own.home, "config.xml"),
    `<configuration version="36">
  <folder id="files" path="${path}" type="${type}" rescanIntervalS="0" fsWatcherEnabled="false">
    <device id="${own.id}"/><device id="${other.id}"/>
    <minDiskFree unit="%">0</minDiskFree><disableFsync>true</disableFsync>
  </folder>
  <device id="${own.id}" name="own"/>
  <device id="${other.id}" name="other"><address>${address}</address><paused>${String(isPaused)}</paused></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:${String(own.apiPort)}</address><apikey>${API_KEY}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:${String(own.port)}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled><reconnectionIntervalS>1</reconnectionIntervalS>
  </options>
</configuration>`,
  );
}

async function api(
  own: Device,
  path: string,
  change?: object,
): Promise<unknown> {
  const answer = await fetch(
    `http://127.0.0.1:${String(own.apiPort)}/rest/${path}`,
    {
      method: change === undefined ? "GET" : "PATCH",
      headers: { "X-API-Key": API_KEY },
      ...(change === undefined ? {} : { body: JSON.stringify(change) }),
    },
  );
  const text = await answer.text();
  return text === "" ? null : JSON.parse(text);
}

const statusSchema = v.object({
  state: v.string(),
  localFiles: v.number(),
  globalFiles: v.number(),
  needFiles: v.number(),
});

async function status(
  own: Device,
): Promise<v.InferOutput<typeof statusSchema>> {
  return v.parse(statusSchema, await api(own, "db/status?folder=files"));
}

async function isConnected(own: Device, other: Device): Promise<boolean> {
  const schema = v.object({
    connections: v.record(v.string(), v.object({ connected: v.boolean() })),
  });
  const { connections } = v.parse(schema, await api(own, "system/connections"));
  return connections[other.id]?.connected ?? false;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (;;) {
    // While it starts it answers nothing, or something else.
    if (await isSo().catch(() => false)) return;
    await pause(POLL_MS);
  }
}
