import { describe, expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import { untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { muffle } from "#core/testing/muffle.ts";
import { whyNoLab, type LabHost } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
/** Long enough that no timer would be late by so much otherwise. */
const SLEPT_MS = 12_000;
const FOUND = { timeoutMs: 10_000 };
const stage = useLab();

/** One invites, the other opens the link; the link says nothing of addresses. */
async function meet(a: LabPerson, b: LabPerson): Promise<void> {
  await befriend(a, b, FOUND);
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

/** Counts packets for elsewhere that come to this computer. */
async function countElsewhere(
  gateway: LabHost,
): Promise<() => Promise<number>> {
  await gateway.nft(
    "add table inet count",
    "add chain inet count in { type filter hook prerouting priority 0; }",
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
      await stage.open();
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", await stage.lab.host());
      await meet(ana, ben);
      await post(ana, "no internet here");
      await hasPost(ben, "no internet here", FOUND);
      for (const one of [ana, ben])
        await untilHere(one.state("network", {}), ({ nearby }) => nearby === 1);
    });

    test("where multicast is filtered, an address typed by hand brings contacts together", async () => {
      await stage.open();
      const hosts = [await stage.lab.host(), await stage.lab.host()];
      const [first, second] = hosts;
      if (first === undefined || second === undefined) throw new Error("lab");
      const ana = await stage.person("Ana", first);
      const ben = await stage.person("Ben", second);
      await meet(ana, ben);
      for (const one of [ana, ben])
        await one.call("updateSettings", { network: "nobody" });
      await isConnected(ana, false);
      await muffle(...hosts);
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
      await stage.open();
      const far = await stage.lab.host();
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", far);
      await meet(ana, ben);
      await isConnected(ana);
      await far.setCable(false);
      const pulledAt = performance.now();
      await isConnected(ana, false);
      expect(performance.now() - pulledAt).toBeLessThan(12_000);
      await far.setCable(true);
      await isConnected(ana);
      await post(ben, "back again");
      await hasPost(ana, "back again", FOUND);
    });

    test("a computer that slept is connected again within fifteen seconds of waking", async () => {
      await stage.open();
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", await stage.lab.host());
      await meet(ana, ben);
      await isConnected(ana);
      // Stopped is as near as a process comes to sleeping: no timer runs, nothing is read.
      ben.process.kill("SIGSTOP");
      await isConnected(ana, false);
      await post(ana, "while you slept");
      await delay(systemClock, SLEPT_MS);
      ben.process.kill("SIGCONT");
      await isConnected(ana);
      await hasPost(ben, "while you slept", FOUND);
    }, 60_000);

    test("ME7: in this network only, not one packet leaves it; everywhere, some do", async () => {
      await stage.open();
      const gateway = await stage.lab.host();
      const elsewhere = await countElsewhere(gateway);
      const bootstrap = "203.0.113.7:49737";
      const ana = await stage.person(
        "Ana",
        await stage.lab.host(gateway),
        bootstrap,
      );
      const ben = await stage.person(
        "Ben",
        await stage.lab.host(gateway),
        bootstrap,
      );
      for (const one of [ana, ben])
        await one.call("updateSettings", { network: "this-network" });
      await meet(ana, ben);
      await post(ana, "between us");
      await hasPost(ben, "between us", FOUND);
      expect(await elsewhere()).toBe(0);
      await ana.call("updateSettings", { network: "everywhere" });
      await expect.poll(elsewhere, { timeout: 10_000 }).toBeGreaterThan(0);
    });
  },
);
