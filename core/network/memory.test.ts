import { expect, test } from "vitest";
import { untilTrue } from "#core/testing/until.ts";
import { createMemoryHub } from "./memory.ts";
import type { Line } from "./port.ts";

test("two that want one topic meet, and what one writes the other reads", async () => {
  const hub = createMemoryHub();
  const topic = Buffer.alloc(32, 7);
  const lines: Line[] = [];
  const nets = ["alice", "bob"].map((n) => hub.network(n));
  for (const net of nets) {
    net.onLine((line) => lines.push(line));
    net.want({ topics: [topic], addresses: [] });
  }
  await untilTrue(() => lines.length === 2);
  const [a, b] = lines;
  expect(a?.handshakeHash).toEqual(b?.handshakeHash);
  expect(a?.isInitiator).toBe(!b?.isInitiator);
  const heard: string[] = [];
  b?.stream.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
  a?.stream.write(Buffer.from("hello"));
  await untilTrue(() => heard.join("") === "hello");
  await Promise.all(nets.map((net) => net.close()));
  await Promise.all(lines.map((line) => line.closed));
});
