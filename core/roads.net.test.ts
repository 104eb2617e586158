import { describe, expect, test } from "vitest";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab, type Road } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 60_000 };
const FILE = { bytes: 2_000_000, rate: null };
const stage = useLab();

const SEED = "a road";
const HOME: Road = {
  delayMs: 20,
  jitterMs: 0,
  lossPercent: 0,
  rate: null,
  seed: SEED,
};
const MOBILE: Road = { ...HOME, delayMs: 80, jitterMs: 30, lossPercent: 2 };
const SATELLITE: Road = { ...HOME, delayMs: 600, lossPercent: 1 };

describe.skipIf(why !== null)(
  `over bad roads${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test.each<readonly [string, Road, number]>([
      ["at home", HOME, 15_000],
      ["on a phone", MOBILE, 20_000],
      ["by satellite", SATELLITE, 30_000],
    ])(
      "ME1: %s an invite is taken in time, posts come and a file is whole",
      async (_, road, withinMs) => {
        await stage.openInternet();
        const ana = await stage.person("Ana", await stage.lab.host());
        const ben = await stage.person("Ben", await stage.lab.farHost(road));
        await befriend(ana, ben, { timeoutMs: withinMs });
        await post(ana, "a long way");
        await hasPost(ben, "a long way", PATIENT);
        const film = await beginTransfer(stage.root, ana, ben, FILE, PATIENT);
        expect(await film.finish(PATIENT)).toBe(true);
      },
      180_000,
    );
  },
);
