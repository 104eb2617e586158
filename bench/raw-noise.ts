import { fork } from "node:child_process";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { fileURLToPath } from "node:url";
import NoiseSecretStream from "@hyperswarm/secret-stream";

const WRITE_BYTES = 256 * 1024;

/**
 * Milliseconds for `bytes` through one Noise stream over TCP on loopback, from
 * another process into this one, thrown away on arrival: what the line itself
 * costs on this machine in this minute.
 */
export async function rawNoise(bytes: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const sender = fork(fileURLToPath(import.meta.url), [
    "--send",
    String(portOf(server)),
    String(bytes),
  ]);
  try {
    return await new Promise((resolve, reject) => {
      sender.once("error", reject);
      server.once("connection", (socket) => {
        const stream = new NoiseSecretStream(false, socket);
        stream.on("error", reject);
        let got = 0;
        let start = 0;
        stream.on("data", (part: Buffer) => {
          if (got === 0) start = performance.now();
          got += part.length;
          if (got < bytes) return;
          resolve(performance.now() - start);
          stream.destroy();
        });
      });
    });
  } finally {
    sender.kill();
    server.close();
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string")
    throw new Error("a server on loopback has a port");
  return address.port;
}

async function send(port: number, bytes: number): Promise<void> {
  const stream = new NoiseSecretStream(true, connect(port, "127.0.0.1"));
  stream.on("error", () => {
    process.exit(0);
  });
  await stream.opened;
  const part = Buffer.alloc(WRITE_BYTES, 7);
  for (let sent = 0; sent < bytes; sent += part.length)
    if (!stream.write(part))
      await new Promise((resolve) => stream.once("drain", resolve));
}

const [flag, port, bytes] = process.argv.slice(2);
if (flag === "--send") await send(Number(port), Number(bytes));
