import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLabPerson, untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { openNetworkLab, whyNoLab } from "#core/testing/network-lab.ts";
import type { LabHost, NetworkLab } from "#core/testing/network-lab.ts";
import { quantile, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const RUNS = Number(process.env["BENCH_NAT"] ?? 3);
const PATIENT = { timeoutMs: 45_000 };
const HOUR_MS = 3_600_000;

type Kind = "open" | "easy" | "strict";
const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ["open", "open"],
  ["open", "easy"],
  ["open", "strict"],
  ["easy", "easy"],
  ["easy", "strict"],
  ["strict", "strict"],
];

/** Whether and how fast two people meet through routers of every kind, with a contact of both who helps; needs Linux and root. */
export async function measureNat(folder: string): Promise<readonly Result[]> {
  const why = await whyNoLab();
  if (why !== null) {
    console.error(`no network lab: ${why}`);
    return [];
  }
  const lab = await openNetworkLab("5.5.0", false);
  const results: Result[] = [];
  try {
    const { bootstrap, end } = await openDht(lab);
    for (const [first, second] of PAIRS) {
      const times: number[] = [];
      const ways = new Set<string>();
      for (let run = 0; run < RUNS; run++) {
        const at = join(folder, `${first} ${second} ${String(run)}`);
        const met = await meet(lab, at, bootstrap, [first, second]);
        if (met === null) continue;
        times.push(met.ms);
        ways.add(met.way);
      }
      results.push({
        what: `first meeting by an invite, ${first} and ${second} networks`,
        figure:
          times.length === 0
            ? "never"
            : `${seconds(quantile(times, 0.5))} median, ${seconds(Math.max(...times))} longest, ${[...ways].join(" and ")}`,
        beside: `${String(times.length)} of ${String(RUNS)} met`,
      });
    }
    end();
  } finally {
    await lab.close();
  }
  return results;
}

function program(name: string): string {
  return fileURLToPath(new URL(`${name}.js`, import.meta.url));
}

async function openDht(lab: NetworkLab) {
  const host = await lab.host();
  const child = host.fork(program("lab-dht"), [host.address]);
  const bootstrap = await new Promise<string>((resolve) => {
    child.once("message", (text) => {
      if (typeof text === "string") resolve(text);
    });
  });
  return { bootstrap, end: () => child.kill() };
}

function hostOf(lab: NetworkLab, kind: Kind): Promise<LabHost> {
  return kind === "open" ? lab.host() : lab.behindNat(kind);
}

/** Null when they did not meet in time. */
async function meet(
  lab: NetworkLab,
  at: string,
  bootstrap: string,
  [first, second]: readonly [Kind, Kind],
): Promise<{ readonly ms: number; readonly way: string } | null> {
  const people: LabPerson[] = [];
  async function person(name: string, kind: Kind): Promise<LabPerson> {
    const host = await hostOf(lab, kind);
    const folder = join(at, name);
    const entry = program("lab-child");
    const one = await openLabPerson(host, entry, folder, name, bootstrap);
    people.push(one);
    return one;
  }
  try {
    const ana = await person("Ana", first);
    const ben = await person("Ben", second);
    // Only where no direct line can be: the helper is a contact of both.
    if (first === "strict" && second === "strict") {
      const cleo = await person("Cleo", "open");
      await cleo.call("updateSettings", { beHelper: true });
      for (const one of [ana, ben]) {
        await befriend(cleo, one);
        await untilHere(
          one.state("network", {}),
          ({ helpers }) => helpers.length > 0,
          PATIENT,
        );
      }
    }
    const ms = await timed(() => befriend(ana, ben));
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

async function befriend(a: LabPerson, b: LabPerson): Promise<void> {
  const made = await a.call("createInvite", {
    lifeMs: HOUR_MS,
    uses: 1,
    message: "",
  });
  await b.call("openLink", { link: made.link });
  await untilHere(
    a.state("invites", {}),
    (all) =>
      all.made.some(
        ({ invite, takenBy }) => invite === made.invite && takenBy.length === 1,
      ),
    PATIENT,
  );
}
