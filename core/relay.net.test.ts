import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { whyNoLab, type Nat } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };
const TOLD = { timeout: 5_000 };
const ONE_INVITE = { lifeMs: 3_600_000, uses: 1, message: "" };
const PORTAL = "lab-portal.ts";
const stage = useLab(PORTAL);

/** What is found out about the way out, once there is somebody to look for. */
async function internetOf(one: LabPerson) {
  await one.call("createInvite", ONE_INVITE);
  const { internet } = await one.call("examine", {});
  return internet;
}

describe.skipIf(why !== null)(
  `over an internet of its own${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test.each<readonly [Nat, Nat]>([
      ["easy", "easy"],
      ["easy", "strict"],
    ])("ME1: %s and %s networks meet directly", async (first, second) => {
      await stage.openInternet();
      const ana = await stage.person("Ana", await stage.lab.behindNat(first));
      const ben = await stage.person("Ben", await stage.lab.behindNat(second));
      await befriend(ana, ben, PATIENT);
      await post(ana, "straight");
      await hasPost(ben, "straight", PATIENT);
    });

    test("ME9: two strict networks meet through a contact who helps, by name; switched off, they do not", async () => {
      await stage.openInternet();
      const cleo = await stage.person("Cleo", await stage.lab.host());
      const ana = await stage.person(
        "Ana",
        await stage.lab.behindNat("strict"),
      );
      const ben = await stage.person(
        "Ben",
        await stage.lab.behindNat("strict"),
      );
      await cleo.call("updateSettings", { beHelper: true });
      await befriend(cleo, ana, PATIENT);
      await befriend(cleo, ben, PATIENT);
      await untilHere(
        ana.state("network", {}),
        ({ helpers }) => helpers.some(({ name }) => name === "Cleo"),
        PATIENT,
      );
      await befriend(ana, ben, PATIENT);
      await untilHere(
        ana.state("network", {}),
        ({ connected }) =>
          connected.some(
            ({ name, way, helper }) =>
              name === "Ben" && way === "helper" && helper?.name === "Cleo",
          ),
        PATIENT,
      );
      await post(ana, "around the corner");
      await hasPost(ben, "around the corner", PATIENT);
      for (const one of [ana, ben])
        await one.call("updateSettings", { useHelpers: false });
      await cleo.call("updateSettings", { beHelper: false });
      await untilHere(
        ana.state("network", {}),
        ({ connected }) => !connected.some(({ name }) => name === "Ben"),
        PATIENT,
      );
      expect(ana.state("network", {}).peek()?.stage).toBe("connected");
    }, 180_000);

    test("ME9: two strict networks and nobody who helps: both are told within five seconds", async () => {
      await stage.openInternet();
      const [ana, ben] = [
        await stage.person("Ana", await stage.lab.behindNat("strict")),
        await stage.person("Ben", await stage.lab.behindNat("strict")),
      ];
      const { link } = await ana.call("createInvite", ONE_INVITE);
      await ben.call("openLink", { link });
      for (const one of [ana, ben])
        await expect
          .poll(async () => (await one.call("examine", {})).internet, TOLD)
          .toEqual({ finding: "strict", helpers: [] });
    }, 60_000);

    test("the doctor tells a strict network, blocked UDP, a page to sign in at, and no internet apart", async () => {
      const nodes = await stage.openInternet();
      const open = await stage.person("Ana", await stage.lab.host());
      expect(await internetOf(open)).toMatchObject({ finding: "fine" });
      const strict = await stage.person(
        "Ben",
        await stage.lab.behindNat("strict"),
      );
      await expect
        .poll(() => internetOf(strict), { timeout: 30_000 })
        .toMatchObject({ finding: "strict" });
      const shut = await stage.lab.host();
      await shut.nft(
        "add table inet shut",
        "add chain inet shut out { type filter hook output priority 0; }",
        "add rule inet shut out meta l4proto udp drop",
      );
      const cleo = await stage.person("Cleo", shut);
      expect(await internetOf(cleo)).toEqual({ finding: "udp-blocked" });
      const page = nodes.fork(stage.program(PORTAL), []);
      stage.onEnd(() => page.kill());
      await new Promise((resolve) => page.once("message", resolve));
      expect(await internetOf(cleo)).toEqual({ finding: "captive" });
      await shut.setCable(false);
      expect(await internetOf(cleo)).toEqual({ finding: "none" });
    }, 120_000);
  },
);
