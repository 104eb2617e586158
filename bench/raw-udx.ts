import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import HyperDHT from "hyperdht";
import { readNodes } from "./nodes.ts";
import type { Nodes } from "./nodes.ts";

const WRITE_BYTES = 64 * 1024;
const PROGRAM = fileURLToPath(new URL("raw-udx.js", import.meta.url));

/** Milliseconds for `bytes` through one Noise stream over UDX on loopback: the ceiling over the internet. */
export async function rawUdx(bytes: number, bootstrap: Nodes): Promise<number> {
  const dht = new HyperDHT({ bootstrap, host: "127.0.0.1" });
  const keyPair = HyperDHT.keyPair();
  try {
    return await new Promise((resolve, reject) => {
      const server = dht.createServer((stream) => {
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
      server.listen(keyPair).then(() => {
        const key = keyPair.publicKey.toString("hex");
        fork(PROGRAM, [
          "--send",
          key,
          String(bytes),
          JSON.stringify(bootstrap),
        ]);
      }, reject);
    });
  } finally {
    await dht.destroy({ force: true });
  }
}

async function send(
  key: string,
  bytes: number,
  bootstrap: Nodes,
): Promise<void> {
  const dht = new HyperDHT({ bootstrap, host: "127.0.0.1" });
  const stream = dht.connect(Buffer.from(key, "hex"));
  for (const event of ["error", "close"] as const)
    stream.on(event, () => {
      process.exit(0);
    });
  await stream.opened;
  const part = Buffer.alloc(WRITE_BYTES, 7);
  for (let sent = 0; sent < bytes; sent += part.length)
    if (!stream.write(part))
      await new Promise((resolve) => stream.once("drain", resolve));
}

const [flag, key = "", bytes, nodes = "[]"] = process.argv.slice(2);
if (flag === "--send") await send(key, Number(bytes), readNodes(nodes));
