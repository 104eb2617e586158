import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openTestnet } from "#core/testing/testnet.ts";
import type { Nodes } from "./nodes.ts";
import { share } from "./pair.ts";
import { befriend, openNewPerson, openPerson } from "./person.ts";
import type { Person } from "./person.ts";
import { pause } from "./processes.ts";
import { seedContacts } from "./seed-contacts.ts";
import type { Result } from "./statistics.ts";

/** An app at rest is looked at for this long; notices are renewed every twelve to thirteen minutes, evenly spread. */
const MINUTES = Number(process.env["BENCH_IDLE_MINUTES"] ?? 3);
/** After this long nothing of the start is under way any more. */
const SETTLE_MS = 30_000;
const COLLECTIONS = 20;
const FILES = 20;
/** With this many a look asks no fewer nodes than in the public DHT: the twenty nearest. */
const NODES = 100;
const LONG_AGO_MS = 90 * 24 * 60 * 60 * 1000;

/** What an app costs that nobody uses: with 50 contacts, and with 500 who are never there. */
export async function measureIdle(folder: string): Promise<readonly Result[]> {
  const testnet = await openTestnet(NODES);
  const nodes = testnet.bootstrap;
  const results = await Promise.all([
    connected(folder, nodes),
    offline(join(folder, "idle-500"), nodes, 500),
    offline(join(folder, "idle-old"), nodes, 500, LONG_AGO_MS),
    offline(join(folder, "idle-0"), nodes, 1),
  ]);
  await testnet.close();
  const [with50, with500, withOld, alone] = results;
  const perTopic = (with500.residentBytes - alone.residentBytes) / 2_000;
  return [
    row("at rest: 50 contacts, 5 of them connected, 20 collections", with50),
    row("at rest: 500 contacts, nobody there", with500),
    row("at rest: 500 contacts, none seen for three months", withOld),
    row("at rest: one contact, who is not there", alone),
    {
      what: "memory for each topic, of 2,000 (a contact has two to be met on, two of keepers)",
      figure: `${(perTopic / 1024).toFixed(0)} KiB`,
      beside: `${(perTopic / 1024 / 1.024).toFixed(0)} MB for 1,000`,
    },
  ];
}

interface Rest {
  readonly cpu: number;
  readonly residentBytes: number;
  readonly bytesPerSecond: number;
  /** From the start of the app until it had settled, for each space it is met on. */
  readonly startBytes: number;
}

function row(what: string, rest: Rest): Result {
  const { cpu, residentBytes, bytesPerSecond, startBytes } = rest;
  return {
    what: `${what}, ${String(MINUTES)} minutes`,
    figure: `${(cpu * 100).toFixed(2)} % of a core, ${(residentBytes / 1e6).toFixed(0)} MB, ${(bytesPerSecond / 1e3).toFixed(2)} KB/s`,
    beside: `its start ${(startBytes / 1e6).toFixed(2)} MB`,
  };
}

/** Looks at an app that has settled. */
async function atRest(person: Person): Promise<Rest> {
  await pause(SETTLE_MS);
  let start = await person.usage();
  let startBytes = start.wireBytes;
  // Joining very many topics takes longer.
  for (let tries = 0; tries < 20; tries++) {
    await pause(10_000);
    start = await person.usage();
    startBytes += start.wireBytes;
    if (start.wireBytes < 200_000) break;
  }
  const from = performance.now();
  await pause(MINUTES * 60_000);
  const end = await person.usage();
  const seconds = (performance.now() - from) / 1000;
  return {
    cpu: end.cpuSeconds / seconds,
    residentBytes: end.residentBytes,
    bytesPerSecond: end.wireBytes / seconds,
    startBytes,
  };
}

async function connected(folder: string, nodes: Nodes): Promise<Rest> {
  const at = join(folder, "idle-50");
  const first = await openNewPerson(join(at, "ana"), "Ana");
  for (let index = 0; index < COLLECTIONS; index++) {
    const source = join(at, `collection ${String(index)}`);
    await mkdir(source, { recursive: true });
    for (let file = 0; file < FILES; file++)
      await writeFile(
        join(source, `${String(file)}.txt`),
        `${at} ${String(file)}`,
      );
    await share(first, source, FILES, `Collection ${String(index)}`);
  }
  await first.close();
  await seedContacts(join(at, "ana"), 45);
  const ana = await openPerson(join(at, "ana"), nodes);
  const others: Person[] = [];
  for (let index = 0; index < 5; index++) {
    const name = `Ben ${String(index)}`;
    const one = await openNewPerson(join(at, name), name, nodes);
    others.push(one);
    await befriend(ana, one);
  }
  const rest = await atRest(ana);
  for (const one of [ana, ...others]) await one.close();
  return rest;
}

async function offline(
  at: string,
  nodes: Nodes,
  count: number,
  ageMs = 0,
): Promise<Rest> {
  const first = await openNewPerson(at, "Ana");
  await first.close();
  await seedContacts(at, count, ageMs);
  const ana = await openPerson(at, nodes);
  const rest = await atRest(ana);
  await ana.close();
  return rest;
}
