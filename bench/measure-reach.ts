import { join } from "node:path";
import { untilHere, type LabPerson } from "#core/testing/lab-person.ts";
import {
  befriend,
  hasPost,
  post,
  untilConnected,
} from "#core/testing/lab-talk.ts";
import { letHelp, openInternet, openLan, saidNoLab } from "./lab.ts";
import type { BenchLab } from "./lab.ts";
import { pause } from "./processes.ts";
import { quantile, spread, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const POSTS = Number(process.env["BENCH_REACH"] ?? 30);
const STARTS = Number(process.env["BENCH_STARTS"] ?? 10);
const PATIENT = { timeoutMs: 60_000 };
/** A value of a watched state comes at most every 250 ms; the next post waits until it is calm again. */
const CALM_MS = 300;

/** Whom two people are. */
type Pair = readonly [LabPerson, LabPerson];

/** From a post until somebody else sees it, by each way that there is; and how soon two meet by what is said in a house. Needs Linux and root. */
export async function measureReach(folder: string): Promise<readonly Result[]> {
  if (await saidNoLab()) return [];
  return [
    ...(await onOneNetwork(join(folder, "reach-lan"))),
    ...(await overTheInternet(join(folder, "reach-dht"))),
    ...(await throughAHelper(join(folder, "reach-helper"))),
    ...(await throughAKeeper(join(folder, "reach-keeper"))),
  ];
}

async function onOneNetwork(at: string): Promise<readonly Result[]> {
  const lan = await openLan();
  const hosts = [await lan.lab.host(), await lan.lab.host()] as const;
  const ana = await lan.person(at, "Ana", hosts[0]);
  let ben = await lan.person(at, "Ben", hosts[1]);
  await befriend(ana, ben, PATIENT);
  const results = [
    row("on one network (multicast DNS, TCP)", await posts([ana, ben])),
  ];
  const times: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    await ben.close();
    await untilConnected(ana, false, PATIENT);
    ben = await lan.person(at, "Ben", hosts[1]);
    times.push(await timed(() => untilConnected(ana, true, PATIENT)));
  }
  results.push({
    what: "start of the app until a contact on the same network is connected, by multicast DNS alone",
    figure: spread(times),
    beside: `${String(times.length)} starts, no address known from before`,
  });
  await close(lan, ana, ben);
  return results;
}

async function overTheInternet(at: string): Promise<readonly Result[]> {
  const net = await openInternet();
  const ana = await net.person(at, "Ana", await net.lab.behindNat("easy"));
  const ben = await net.person(at, "Ben", await net.lab.behindNat("easy"));
  await befriend(ana, ben, PATIENT);
  const results = [row("over a private DHT", await posts([ana, ben]))];
  await close(net, ana, ben);
  return results;
}

async function throughAHelper(at: string): Promise<readonly Result[]> {
  const net = await openInternet();
  const cleo = await net.person(at, "Cleo", await net.lab.host());
  const ana = await net.person(at, "Ana", await net.lab.behindNat("strict"));
  const ben = await net.person(at, "Ben", await net.lab.behindNat("strict"));
  await letHelp(cleo, [ana, ben], PATIENT);
  await befriend(ana, ben, PATIENT);
  await untilHere(
    ana.state("network", {}),
    ({ connected }) => connected.some(({ way }) => way === "helper"),
    PATIENT,
  );
  const results = [
    row(
      "through a helper, both behind strict routers",
      await posts([ana, ben]),
    ),
  ];
  await close(net, ana, ben, cleo);
  return results;
}

async function throughAKeeper(at: string): Promise<readonly Result[]> {
  const net = await openInternet();
  const hosts = [
    await net.lab.behindNat("easy"),
    await net.lab.behindNat("easy"),
  ] as const;
  const keeper = await net.person(at, "Keeper", await net.lab.host());
  await keeper.call("keepForAll", { bytes: 1e9, people: 1 });
  let ana = await net.person(at, "Ana", hosts[0]);
  let ben = await net.person(at, "Ben", hosts[1]);
  await befriend(ana, ben, PATIENT);
  await befriend(keeper, ana, PATIENT);
  await untilHere(
    ana.state("keepers", {}),
    ({ mine }) => (mine[0]?.pledge?.bytes ?? 0) > 0,
    PATIENT,
  );
  await ben.close();
  const times: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    const text = `kept ${String(run)}`;
    await post(ana, text);
    await untilHere(
      ana.state("feed", { filter: "all", first: 0, count: 10 }),
      ({ items }) =>
        items.some(
          (item) =>
            item.text === text &&
            item.copies?.stage === "out" &&
            item.copies.keepers?.length === 1,
        ),
      PATIENT,
    );
    await ana.close();
    ben = await net.person(at, "Ben", hosts[1]);
    times.push(await timed(() => hasPost(ben, text, PATIENT)));
    await ben.close();
    ana = await net.person(at, "Ana", hosts[0]);
  }
  await close(net, ana, keeper);
  return [
    {
      what: "start of the app until a post is shown that only a keeper has, its author being off",
      figure: spread(times),
      beside: `${String(times.length)} posts; author and reader were never on together since`,
    },
  ];
}

/** One posts, the other waits for it; milliseconds each. */
async function posts([ana, ben]: Pair): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < POSTS; run++) {
    const text = `post ${String(run)}`;
    await pause(CALM_MS);
    times.push(
      await timed(async () => {
        const shown = hasPost(ben, text, PATIENT);
        await post(ana, text);
        await shown;
      }),
    );
  }
  return times;
}

function row(way: string, times: readonly number[]): Result {
  const ms = (share: number): string => quantile(times, share).toFixed(0);
  return {
    what: `post until a contact sees it, ${way}`,
    figure: `${ms(0.5)} ms median, ${ms(0.95)} ms p95`,
    beside: `${String(times.length)} posts, one at a time`,
  };
}

async function close(
  { close: end }: BenchLab,
  ...people: readonly LabPerson[]
) {
  await Promise.all(people.map((one) => one.close()));
  await end();
}
