import { join } from "node:path";
import { untilHere, type LabPerson } from "#core/testing/lab-person.ts";
import { befriend } from "#core/testing/lab-talk.ts";
import { muffle } from "#core/testing/muffle.ts";
import type { LabHost, NetworkLab } from "#core/testing/network-lab.ts";
import { letHelp, openInternet, saidNoLab, type BenchLab } from "./lab.ts";
import { spread, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const RUNS = Number(process.env["BENCH_NAT"] ?? 3);
const PATIENT = { timeoutMs: 45_000 };
/** Cells to measure, by their numbers from 0; all when left out. */
const CELLS = process.env["BENCH_NAT_CELLS"]?.split(",").map(Number);

/** `double`: an easy router behind another. `same`: behind the one router of the other, multicast filtered. */
type Kind = "open" | "easy" | "strict" | "double" | "same";
const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ["open", "open"],
  ["open", "easy"],
  ["open", "strict"],
  ["easy", "easy"],
  ["easy", "strict"],
  ["strict", "strict"],
  ["easy", "double"],
  ["double", "double"],
  ["strict", "double"],
  ["easy", "same"],
  ["strict", "same"],
];

/** Whether and how fast two people meet through routers of every kind, with a contact of both who helps; needs Linux and root. */
export async function measureNat(folder: string): Promise<readonly Result[]> {
  if (await saidNoLab()) return [];
  const results: Result[] = [];
  for (const [cell, [first, second]] of PAIRS.entries()) {
    if (CELLS?.includes(cell) === false) continue;
    const net = await openInternet();
    try {
      const times: number[] = [];
      const ways = new Set<string>();
      for (let run = 0; run < RUNS; run++) {
        const at = join(folder, `${first} ${second} ${String(run)}`);
        const met = await meet(net, at, [first, second]);
        if (met === null) continue;
        times.push(met.ms);
        ways.add(met.way);
      }
      results.push({
        what: `first meeting by an invite, ${first} and ${second} networks`,
        figure:
          times.length === 0
            ? "never"
            : `${spread(times)}, ${[...ways].join(" and ")}`,
        beside: `${String(times.length)} of ${String(RUNS)} met`,
      });
    } finally {
      await net.close();
    }
  }
  return results;
}

/** Two computers, as they stand to the internet and to each other. */
async function hostsOf(
  lab: NetworkLab,
  [first, second]: readonly [Kind, Kind],
): Promise<readonly [LabHost, LabHost]> {
  if (second !== "same")
    return [await hostOf(lab, first), await hostOf(lab, second)];
  const router = await lab.router(first === "strict" ? "strict" : "easy");
  const hosts = [await router.host(), await router.host()] as const;
  await muffle(...hosts);
  return hosts;
}

async function hostOf(lab: NetworkLab, kind: Kind): Promise<LabHost> {
  if (kind === "open") return lab.host();
  if (kind !== "double")
    return lab.behindNat(kind === "strict" ? "strict" : "easy");
  return (await (await lab.router("easy")).router("easy")).host();
}

/** Null when they did not meet in time. */
async function meet(
  net: BenchLab,
  at: string,
  kinds: readonly [Kind, Kind],
): Promise<{ readonly ms: number; readonly way: string } | null> {
  const people: LabPerson[] = [];
  async function person(name: string, host: LabHost): Promise<LabPerson> {
    const one = await net.person(at, name, host);
    people.push(one);
    return one;
  }
  try {
    const hosts = await hostsOf(net.lab, kinds);
    const ana = await person("Ana", hosts[0]);
    const ben = await person("Ben", hosts[1]);
    // Only where no direct line can be: the helper is a contact of both.
    if (kinds.every((kind) => kind === "strict")) {
      const cleo = await person("Cleo", await net.lab.host());
      await letHelp(cleo, [ana, ben], PATIENT);
    }
    const ms = await timed(() => befriend(ana, ben, PATIENT));
    let way = "internet";
    await untilHere(
      ana.state("network", {}),
      ({ connected }) => {
        const line = connected.find(({ name }) => name === "Ben");
        way = line?.way ?? way;
        return line !== undefined;
      },
      PATIENT,
    );
    return { ms, way };
  } catch (error) {
    console.error(error);
    return null;
  } finally {
    await Promise.all(people.map((one) => one.close()));
  }
}
