import { describe, expect, test } from "vitest";
import { parse, string } from "valibot";
import { delay, systemClock } from "#core/base/clock.ts";
import { untilHere } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { post } from "#core/testing/lab-talk.ts";
import { whyNoLab, type LabHost } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const FOUND = { timeoutMs: 15_000 };
const HOUR_MS = 3_600_000;
/** Nobody there: entered in vain, and so seen at the gateway. */
const BOOTSTRAP = "203.0.113.7:49737";
const EAR = "lab-ear.ts";
const stage = useLab(EAR);

/** Counts every packet that leaves a computer by its cable, of whatever kind. */
async function countLeaving(host: LabHost): Promise<() => Promise<number>> {
  // What the system says by itself when a cable is plugged in (IPv6) is not ours.
  await host.exec("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
  await host.nft(
    "add table inet count",
    "add chain inet count out { type filter hook output priority 0; }",
    'add rule inet count out oifname "eth0" counter',
  );
  return async () => {
    const rules = await host.exec("nft", "list table inet count");
    return Number(/packets (\d+)/.exec(rules)?.[1] ?? Number.NaN);
  };
}

/** Everything that is said to all on this network, as a stranger's computer hears it. */
async function listen(host: LabHost): Promise<() => readonly string[]> {
  const heard: string[] = [];
  const child = host.fork(stage.program(EAR), [host.address]);
  stage.onEnd(() => child.kill());
  await new Promise<void>((resolve) => {
    child.on("message", (message) => {
      if (message === "ready") resolve();
      else heard.push(parse(string(), message));
    });
  });
  return () => heard;
}

describe.skipIf(why !== null)(
  `what leaves a computer${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("M4, ME8: not one packet leaves before the first invite, whatever is written; with it some do", async () => {
      await stage.open();
      const gateway = await stage.lab.host();
      const host = await stage.lab.host(gateway);
      const leaving = await countLeaving(host);
      const ana = await stage.person("Ana", host, BOOTSTRAP);
      await post(ana, "alone");
      await ana.call("setProfile", {
        name: "Ana Maria",
        about: "gardens",
        picture: { kind: "keep" },
      });
      // Longer than the first announcements of the DHT and of multicast take.
      await delay(systemClock, 10_000);
      expect(await leaving()).toBe(0);
      const made = { lifeMs: HOUR_MS, uses: 1, message: "" };
      await ana.call("createInvite", made);
      await expect.poll(leaving, { timeout: 10_000 }).toBeGreaterThan(0);
    });

    test("M1, ME6: what two apps say to all on their network names nobody and repeats nothing in the next run", async () => {
      await stage.open();
      const hosts = [await stage.lab.host(), await stage.lab.host()];
      const [first, second] = hosts;
      if (first === undefined || second === undefined) throw new Error("lab");
      const heard = await listen(await stage.lab.host());
      const runs: (readonly string[])[] = [];
      for (const run of ["one", "two"]) {
        const from = heard().length;
        const names = [`Ana canary ${run}`, `Ben canary ${run}`] as const;
        const ana = await stage.person(names[0], first, BOOTSTRAP);
        const ben = await stage.person(names[1], second, BOOTSTRAP);
        const made = { lifeMs: HOUR_MS, uses: 1, message: "" };
        const { link } = await ana.call("createInvite", made);
        await ben.call("openLink", { link });
        const contacts = ana.state("contacts", {});
        await untilHere(contacts, ({ length }) => length === 1, FOUND);
        await post(ana, "canary text");
        await expect
          .poll(() => heard().length, { timeout: 10_000 })
          .toBeGreaterThan(from + 3);
        await Promise.all([ana.close(), ben.close()]);
        runs.push(heard().slice(from));
      }
      const words = runs.map(
        (run) =>
          new Set(
            run
              .map((hex) => Buffer.from(hex, "hex").toString("latin1"))
              .join(" ")
              .match(/[a-z0-9_]{6,}/gi) ?? [],
          ),
      );
      const [one = new Set(), two = new Set()] = words;
      expect([...one].filter((word) => two.has(word))).toEqual([
        "_commonplace",
      ]);
      expect(one.size).toBeGreaterThan(2);
      expect([...one, ...two].join()).not.toMatch(/canary|ana|ben/i);
    }, 60_000);
  },
);
