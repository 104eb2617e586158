import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, untilConnected } from "#core/testing/lab-talk.ts";
import { whyNoLab, type LabRouter } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };
/** Told, and connected once the way is free, within this time. */
const SOON = { timeoutMs: 15_000 };
const PORTAL = "lab-portal.ts";
const stage = useLab(PORTAL);

/** Has a router answer every web page itself and pass nothing on; answers with what ends that. */
async function wantSignIn({ box }: LabRouter): Promise<() => Promise<void>> {
  const page = box.fork(stage.program(PORTAL), []);
  stage.onEnd(() => page.kill());
  await new Promise((resolve) => page.once("message", resolve));
  await box.nft(
    "add table inet portal",
    "add chain inet portal pages { type nat hook prerouting priority -100; }",
    'add rule inet portal pages iifname "br0" tcp dport 80 redirect',
    "add chain inet portal through { type filter hook forward priority -1; }",
    "add rule inet portal through drop",
  );
  return () => box.nft("delete table inet portal");
}

describe.skipIf(why !== null)(
  `behind a page to sign in at${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("F5: who was connected is told, and is connected again within fifteen seconds of signing in, without a restart", async () => {
      await stage.openInternet();
      const router = await stage.lab.router("easy");
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", await router.host());
      await befriend(ana, ben, PATIENT);
      await untilConnected(ben, true, PATIENT);
      const signIn = await wantSignIn(router);
      await untilConnected(ben, false, SOON);
      expect(await ben.call("examine", {})).toMatchObject({
        internet: { finding: "captive" },
        friends: { finding: "out-of-reach" },
      });
      await signIn();
      await untilConnected(ben, true, SOON);
    }, 90_000);

    test("F5: who began there is told, and an invite that was opened is taken within fifteen seconds of signing in", async () => {
      await stage.openInternet();
      const router = await stage.lab.router("easy");
      const signIn = await wantSignIn(router);
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", await router.host());
      const { link } = await ana.call("createInvite", {
        lifeMs: 3_600_000,
        uses: 1,
        message: "",
      });
      await ben.call("openLink", { link });
      await expect
        .poll(async () => (await ben.call("examine", {})).internet, {
          timeout: 30_000,
        })
        .toEqual({ finding: "captive" });
      await signIn();
      await untilHere(
        ana.state("invites", {}),
        ({ made }) => made.some(({ takenBy }) => takenBy.length > 0),
        SOON,
      );
    }, 90_000);
  },
);
