import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import {
  befriend,
  hasPost,
  post,
  untilConnected,
} from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { muffle } from "#core/testing/muffle.ts";
import { whyNoLab } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };
/** A dead line shows within this time. */
const NOTICED = { timeoutMs: 11_000 };
const FILE = { bytes: 48 * 1024 * 1024, rate: 1_000_000 };
const stage = useLab();

describe.skipIf(why !== null)(
  `behind routers${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("ME1: who is behind two routers, one after the other, is met directly", async () => {
      await stage.openInternet();
      const carrier = await stage.lab.router("easy");
      const home = await carrier.router("easy");
      const ana = await stage.person("Ana", await home.host());
      const ben = await stage.person("Ben", await stage.lab.behindNat("easy"));
      await befriend(ana, ben, PATIENT);
      await post(ana, "from far inside");
      await hasPost(ben, "from far inside", PATIENT);
    });

    test("ME1: two behind one router that does not turn packets around meet over the DHT, where multicast is filtered", async () => {
      await stage.openInternet();
      const router = await stage.lab.router("strict");
      const hosts = [await router.host(), await router.host()] as const;
      await muffle(...hosts);
      const ana = await stage.person("Ana", hosts[0]);
      const ben = await stage.person("Ben", hosts[1]);
      await befriend(ana, ben, PATIENT);
      await post(ana, "next door");
      await hasPost(ben, "next door", PATIENT);
      await untilHere(
        ana.state("network", {}),
        ({ connected }) => connected[0]?.way === "direct",
        PATIENT,
      );
    });

    test.each([
      ["for long enough that everybody notices", true],
      ["for a moment", false],
    ])(
      "FI8: a router switched off %s, and called otherwise when it comes back, holds a download up for less than twenty seconds",
      async (_, isLong) => {
        await stage.openInternet();
        const router = await stage.lab.router("easy");
        const ana = await stage.person(
          "Ana",
          await stage.lab.behindNat("easy"),
        );
        const ben = await stage.person("Ben", await router.host());
        await befriend(ana, ben, PATIENT);
        const { root } = stage;
        const film = await beginTransfer(root, ana, ben, FILE, PATIENT);
        await film.moves(2_000_000, PATIENT);

        await router.stop();
        if (isLong) {
          await Promise.all([
            untilConnected(ana, false, NOTICED),
            untilConnected(ben, false, NOTICED),
          ]);
          expect((await ben.call("examine", {})).internet).toEqual({
            finding: "none",
          });
          expect(film.stage()).toBe("waiting");
        }
        await router.start("5.5.0.200");
        const backAt = performance.now();
        await film.moves(1_500_000, PATIENT);
        expect(performance.now() - backAt).toBeLessThan(20_000);
        expect(await film.finish(PATIENT)).toBe(true);
        expect(film.seen).toEqual(film.seen.toSorted((a, b) => a - b));
      },
      120_000,
    );
  },
);
