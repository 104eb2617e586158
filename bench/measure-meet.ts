import { join } from "node:path";
import { openTestnet } from "#core/testing/testnet.ts";
import type { Nodes } from "./nodes.ts";
import { befriend, openNewPerson, openPerson } from "./person.ts";
import { quantile, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const RUNS = Number(process.env["BENCH_MEETINGS"] ?? 20);

/** How long two contacts take to be connected after one of them starts, the other being there. */
export async function measureMeet(folder: string): Promise<readonly Result[]> {
  const testnet = await openTestnet();
  const ways: readonly [string, Nodes | null][] = [
    ["by address over TCP on loopback", null],
    ["over a private DHT", testnet.bootstrap],
  ];
  const results: Result[] = [];
  for (const [way, nodes] of ways) {
    const times = await meetings(join(folder, `meet ${way}`), nodes);
    results.push({
      what: `start of the app until a contact who is there is connected, ${way}`,
      figure: `${seconds(quantile(times, 0.5))} median, ${seconds(quantile(times, 0.95))} p95, ${seconds(Math.max(...times))} longest`,
      beside: `${String(times.length)} runs`,
    });
  }
  await testnet.close();
  return results;
}

async function meetings(
  at: string,
  nodes: Nodes | null,
): Promise<readonly number[]> {
  const ana = await openNewPerson(join(at, "ana"), "Ana", nodes);
  let ben = await openNewPerson(join(at, "ben"), "Ben", nodes);
  await befriend(ana, ben);
  const isThere = (wanted: boolean) =>
    ana.until(
      "contacts",
      {},
      ([contact]) => (contact?.presence.stage === "connected") === wanted,
    );
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await ben.close();
    await isThere(false);
    // The core has opened when this resolves; what is measured is the meeting.
    ben = await openPerson(join(at, "ben"), nodes);
    const ms = await timed(() => isThere(true));
    console.error(`${at}: ${seconds(ms)}`);
    times.push(ms);
  }
  await ana.close();
  await ben.close();
  return times;
}
