import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { openTestnet } from "#core/testing/testnet.ts";
import { untilTrue } from "#core/testing/until.ts";
import { createSwarmNetwork } from "./swarm.ts";
import type { Line } from "./port.ts";

test("two swarms meet", async () => {
  const t0 = performance.now();
  const lap = (s: string) =>
    console.log(
      s,
      Math.round(performance.now() - t0),
      JSON.stringify(process.getActiveResourcesInfo()),
    );
  lap("start");
  const net = await openTestnet();
  lap("testnet");
  const create = () =>
    createSwarmNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: createLogger(
        (l) => console.log(l),
        () => "r",
      ),
      bootstrap: net.bootstrap,
      host: "127.0.0.1",
    });
  const a = create();
  const b = create();
  const lines: Line[] = [];
  for (const one of [a, b])
    one.onLine((l) => {
      lines.push(l);
      console.log(
        "received before",
        Reflect.get(l.stream.rawStream, "bytesReceived"),
      );
    });
  const topics = [systemRandom.bytes(32)];
  a.want({ topics, addresses: [] });
  b.want({ topics, addresses: [] });
  await untilTrue(() => lines.length >= 2, Boolean, { timeoutMs: 20000 });
  lap("met");
  expect(lines[0]?.handshakeHash).toEqual(lines[1]?.handshakeHash);
  let got = 0;
  lines[1]?.stream.on("data", (d: Buffer) => {
    got += d.length;
  });
  for (let i = 0; i < 50; i++) lines[0]?.stream.write(Buffer.alloc(100_000));
  await untilTrue(() => got === 5_000_000);
  lap("sent");
  await a.close();
  lap("a closed");
  await b.close();
  lap("b closed");
  await net.close();
  lap("net closed");
});
