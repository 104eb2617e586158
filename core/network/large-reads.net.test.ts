import type NoiseSecretStream from "@hyperswarm/secret-stream";
import HyperDHT from "hyperdht";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { openTestnet } from "#core/testing/testnet.ts";
import { readLargely } from "./large-reads.ts";

const LARGE = 256 * 1024;

/** A stream over UDX that reads largely, and its other end. */
async function connected() {
  const testnet = await openTestnet();
  const { bootstrap } = testnet;
  const [dht, far] = [0, 1].map(
    () => new HyperDHT({ bootstrap, host: "127.0.0.1" }),
  );
  if (dht === undefined || far === undefined) throw new Error("no DHT");
  onTestFinished(async () => {
    await Promise.all([dht.destroy(), far.destroy()]);
    await testnet.close();
  });
  const keyPair = HyperDHT.keyPair();
  let accept: (stream: NoiseSecretStream) => void = () => undefined;
  const accepted = new Promise<NoiseSecretStream>((resolve) => {
    accept = resolve;
  });
  const server = dht.createServer((stream) => {
    stream.on("error", () => undefined);
    readLargely(stream, systemClock);
    accept(stream);
  });
  await server.listen(keyPair);
  const other = far.connect(keyPair.publicKey);
  other.on("error", () => undefined);
  return { stream: await accepted, other };
}

test("a real UDX stream hands over long frames in full buffers, and small ones at once", async () => {
  const { stream, other } = await connected();
  const handed: number[] = [];
  stream.rawStream.on("data", (bytes: Buffer) => handed.push(bytes.length));
  /** Each message is waited for before the next: one held back would never come. */
  const sizes = [100, LARGE, LARGE, 70_000, 3, 131_072, LARGE * 4, 1];
  for (const size of sizes) {
    const got = new Promise<number>((resolve) => {
      stream.once("data", (bytes: Buffer) => {
        resolve(bytes.length);
      });
    });
    other.write(Buffer.alloc(size, 7));
    expect(await got).toBe(size);
  }
  expect(Math.max(...handed)).toBeGreaterThan(60_000);
});
