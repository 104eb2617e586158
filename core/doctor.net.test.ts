import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend } from "#core/testing/lab-talk.ts";
import { whyNoLab } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 15_000 };
const ONE_INVITE = { lifeMs: 3_600_000, uses: 1, message: "" };
const stage = useLab();

function hears(one: LabPerson, others: number): Promise<void> {
  return untilHere(
    one.state("network", {}),
    ({ nearby }) => nearby === others,
    PATIENT,
  );
}

describe.skipIf(why !== null)(
  `what the doctor finds${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("a stranger's computer on the same network is no firewall; one that lets nobody in, on both, is", async () => {
      await stage.open();
      const hosts = [await stage.lab.host(), await stage.lab.host()] as const;
      const ana = await stage.person("Ana", hosts[0]);
      const eve = await stage.person("Eve", hosts[1]);
      for (const one of [ana, eve]) await one.call("createInvite", ONE_INVITE);
      await hears(ana, 1);
      expect((await ana.call("examine", {})).network).toEqual({
        finding: "fine",
        heard: 1,
      });
      // As a desktop's firewall does it: words to all come in, calls do not.
      for (const host of hosts)
        await host.nft(
          "add table inet wall",
          "add chain inet wall in { type filter hook input priority 0; }",
          "add rule inet wall in ct state established,related accept",
          "add rule inet wall in udp dport 5353 accept",
          "add rule inet wall in ip6 nexthdr icmpv6 accept",
          'add rule inet wall in iifname "eth0" drop',
        );
      // A line to a stranger stands for a moment.
      await expect
        .poll(async () => (await ana.call("examine", {})).network, {
          timeout: 15_000,
        })
        .toEqual({ finding: "firewall" });
    });

    test("a firewall on one of two does not keep them apart: the other is called", async () => {
      await stage.open();
      const walled = await stage.lab.host();
      await walled.nft(
        "add table inet wall",
        "add chain inet wall in { type filter hook input priority 0; }",
        'add rule inet wall in iifname "eth0" tcp flags syn / syn,ack drop',
      );
      const ana = await stage.person("Ana", walled);
      const ben = await stage.person("Ben", await stage.lab.host());
      await befriend(ana, ben, PATIENT);
      expect((await ana.call("examine", {})).network).toEqual({
        finding: "fine",
        heard: 1,
      });
    });

    test("a private network that all goes into, and that lets nothing of ours through, is named", async () => {
      await stage.openInternet();
      const router = await stage.lab.router("easy");
      const host = await router.host();
      const ana = await stage.person("Ana", host);
      await ana.call("createInvite", ONE_INVITE);
      const before = await ana.call("examine", {});
      expect([before.network.finding, before.internet.finding]).toEqual([
        "fine",
        "fine",
      ]);
      for (const words of [
        "link add tun0 type veth peer name nowhere",
        "link set nowhere up",
        "addr add 10.8.0.2/24 dev tun0",
        "link set tun0 up",
        "route replace default dev tun0",
      ])
        await host.exec("ip", ...words.split(" "));
      await expect
        .poll(async () => (await ana.call("examine", {})).network, {
          timeout: 20_000,
        })
        .toEqual({ finding: "vpn" });
      await host.exec("ip", "link", "del", "tun0");
      const way = host.address.replace(/\d+$/, "1");
      await host.exec("ip", "route", "replace", "default", "via", way);
      await expect
        .poll(async () => (await ana.call("examine", {})).internet.finding, {
          timeout: 20_000,
        })
        .toBe("fine");
    }, 60_000);
  },
);
