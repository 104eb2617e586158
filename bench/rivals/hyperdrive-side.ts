import { connect, createServer } from "node:net";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import Corestore from "corestore";
import Hyperdrive from "hyperdrive";
import Localdrive from "localdrive";
import MirrorDrive from "mirror-drive";
import type { SideMessage } from "./hyperdrive.ts";

/* One side of the stack's own way, in a process of its own. */

const [kind, data = "", folder = "", port, key = ""] = process.argv.slice(2);

async function share(): Promise<void> {
  const store = new Corestore(data);
  const drive = new Hyperdrive(store);
  await drive.ready();
  await new MirrorDrive(new Localdrive(folder), drive, { batch: true }).done();
  const server = createServer((socket) => {
    drive.replicate(new NoiseSecretStream(false, socket));
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") return;
    tell({ kind: "ready", port: address.port, key: drive.key.toString("hex") });
  });
  let cpu = process.cpuUsage();
  process.on("message", () => {
    const { user, system } = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    tell({ kind: "used", ms: 0, cpuSeconds: (user + system) / 1e6 });
  });
}

async function fetchAll(): Promise<void> {
  const store = new Corestore(data);
  const drive = new Hyperdrive(store, Buffer.from(key, "hex"));
  await drive.ready();
  const stream = new NoiseSecretStream(
    true,
    connect(Number(port), "127.0.0.1"),
  );
  await stream.opened;
  const cpu = process.cpuUsage();
  const start = performance.now();
  drive.replicate(stream);
  await drive.update({ wait: true });
  await new MirrorDrive(drive, new Localdrive(folder)).done();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  tell({ kind: "used", ms, cpuSeconds: (user + system) / 1e6 });
}

function tell(message: SideMessage): void {
  process.send?.(message);
}

process.on("disconnect", () => process.exit(0));
await (kind === "share" ? share() : fetchAll());
