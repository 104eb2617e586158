import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import { bundleForNode, type Bundle } from "#core/testing/bundle.ts";
import { openLabPerson, untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import {
  openNetworkLab,
  whyNoLab,
  type LabHost,
  type NetworkLab,
} from "#core/testing/network-lab.ts";

const why = await whyNoLab();
/** Long enough that no timer would be late by so much otherwise. */
const SLEPT_MS = 12_000;
const FOUND = { timeoutMs: 10_000 };
const FIRST_FEED = { filter: "all", first: 0, count: 10 } as const;

let program: Bundle;
let lab: NetworkLab;
let root: string;
const people: LabPerson[] = [];

beforeAll(async () => {
  program = await bundleForNode("lab-child.ts");
});
afterAll(() => program.remove());
afterEach(async () => {
  await Promise.all(people.splice(0).map((one) => one.close()));
  await lab.close();
  await rm(root, { recursive: true });
});

async function openLab(): Promise<void> {
  lab = await openNetworkLab();
  root = await mkdtemp(join(tmpdir(), "commonplace-lab-"));
}

async function person(
  name: string,
  host: LabHost,
  bootstrap?: string,
): Promise<LabPerson> {
  const folder = join(root, name);
  const one = await openLabPerson(host, program.path, folder, name, bootstrap);
  people.push(one);
  return one;
}

/** One invites, the other opens the link; the link says nothing of addresses. */
async function befriend(a: LabPerson, b: LabPerson): Promise<void> {
  const lifeMs = 3_600_000;
  const made = await a.call("createInvite", { lifeMs, uses: 1, message: "" });
  await b.call("openLink", { link: made.link });
  for (const one of [a, b])
    await untilHere(
      one.state("contacts", {}),
      ({ length }) => length === 1,
      FOUND,
    );
}

function isConnected(one: LabPerson, isWanted = true): Promise<void> {
  return untilHere(
    one.state("contacts", {}),
    ([contact]) => (contact?.presence.stage === "connected") === isWanted,
    { timeoutMs: 15_000 },
  );
}

async function post(one: LabPerson, text: string): Promise<void> {
  await one.call("post", {
    text,
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
}

function hasPost(one: LabPerson, text: string): Promise<void> {
  return untilHere(
    one.state("feed", FIRST_FEED),
    ({ items }) => items.some((item) => item.text === text),
    FOUND,
  );
}

/** Counts packets for elsewhere that come to this computer. */
async function countElsewhere(
  gateway: LabHost,
): Promise<() => Promise<number>> {
  await gateway.exec("nft", "add table inet count");
  await gateway.exec(
    "nft",
    "add chain inet count in { type filter hook prerouting priority 0; }",
  );
  await gateway.exec(
    "nft",
    "add rule inet count in ip daddr != { 10.77.0.0/24, 224.0.0.0/24, 127.0.0.0/8, 255.255.255.255 } counter",
  );
  return async () => {
    const rules = await gateway.exec("nft", "list table inet count");
    return Number(/packets (\d+)/.exec(rules)?.[1] ?? Number.NaN);
  };
}

describe.skipIf(why !== null)(
  `on a network without a way out${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("ME6: two fresh installs find each other within ten seconds, and share posts", async () => {
      await openLab();
      const ana = await person("Ana", await lab.host());
      const ben = await person("Ben", await lab.host());
      await befriend(ana, ben);
      await post(ana, "no internet here");
      await hasPost(ben, "no internet here");
      await untilHere(ana.state("network", {}), ({ nearby }) => nearby === 1);
    });

    test("where multicast is filtered, an address typed by hand brings contacts together", async () => {
      await openLab();
      const hosts = [await lab.host(), await lab.host()];
      const [first, second] = hosts;
      if (first === undefined || second === undefined) throw new Error("lab");
      const ana = await person("Ana", first);
      const ben = await person("Ben", second);
      await befriend(ana, ben);
      for (const one of [ana, ben])
        await one.call("updateSettings", { network: "nobody" });
      await isConnected(ana, false);
      for (const host of hosts) {
        await host.exec("nft", "add table inet filter");
        await host.exec(
          "nft",
          "add chain inet filter in { type filter hook input priority 0; }",
        );
        await host.exec("nft", "add rule inet filter in udp dport 5353 drop");
      }
      for (const one of [ana, ben])
        await one.call("updateSettings", { network: "this-network" });
      const network = ana.state("network", {});
      await untilHere(network, ({ addresses }) => addresses.length > 0);
      const silent = ben.call("connectTo", { address: "10.77.0.99:4000" });
      await expect(silent).rejects.toMatchObject({ code: "address-silent" });
      const address = network.peek()?.addresses[0] ?? "";
      await ben.call("connectTo", { address });
      await isConnected(ana);
    });

    test("a cable pulled shows within ten seconds, and put back they meet again", async () => {
      await openLab();
      const far = await lab.host();
      const ana = await person("Ana", await lab.host());
      const ben = await person("Ben", far);
      await befriend(ana, ben);
      await isConnected(ana);
      await far.setCable(false);
      const pulledAt = performance.now();
      await isConnected(ana, false);
      expect(performance.now() - pulledAt).toBeLessThan(12_000);
      await far.setCable(true);
      await isConnected(ana);
      await post(ben, "back again");
      await hasPost(ana, "back again");
    });

    test("a computer that slept is connected again within fifteen seconds of waking", async () => {
      await openLab();
      const ana = await person("Ana", await lab.host());
      const ben = await person("Ben", await lab.host());
      await befriend(ana, ben);
      await isConnected(ana);
      // Stopped is as near as a process comes to sleeping: no timer runs, nothing is read.
      ben.process.kill("SIGSTOP");
      await isConnected(ana, false);
      await post(ana, "while you slept");
      await delay(systemClock, SLEPT_MS);
      ben.process.kill("SIGCONT");
      await isConnected(ana);
      await hasPost(ben, "while you slept");
    }, 60_000);

    test("ME7: in this network only, not one packet leaves it; everywhere, some do", async () => {
      await openLab();
      const gateway = await lab.host();
      const elsewhere = await countElsewhere(gateway);
      const bootstrap = "203.0.113.7:49737";
      const ana = await person("Ana", await lab.host(gateway), bootstrap);
      const ben = await person("Ben", await lab.host(gateway), bootstrap);
      for (const one of [ana, ben])
        await one.call("updateSettings", { network: "this-network" });
      await befriend(ana, ben);
      await post(ana, "between us");
      await hasPost(ben, "between us");
      expect(await elsewhere()).toBe(0);
      await ana.call("updateSettings", { network: "everywhere" });
      await expect.poll(elsewhere, { timeout: 10_000 }).toBeGreaterThan(0);
    });
  },
);
