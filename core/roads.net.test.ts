import { describe, expect, test } from "vitest";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab, type Road } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 90_000 };
const FILE_BYTES = 2_000_000;
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
const AWFUL: Road = {
  ...HOME,
  delayMs: 300,
  jitterMs: 200,
  lossPercent: 10,
  rate: 32_000,
};

describe.skipIf(why !== null)(
  `over bad roads${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test.each<readonly [string, Road, number, number]>([
      ["at home", HOME, 15_000, FILE_BYTES],
      ["on a phone", MOBILE, 20_000, FILE_BYTES],
      ["by satellite", SATELLITE, 30_000, FILE_BYTES],
      ["where hardly anything comes through", AWFUL, 90_000, FILE_BYTES / 4],
    ])(
      "ME1: %s an invite is taken in time, posts come and a file is whole",
      async (_, road, withinMs, bytes) => {
        await stage.openInternet();
        const ana = await stage.person("Ana", await stage.lab.host());
        const ben = await stage.person("Ben", await stage.lab.farHost(road));
        await befriend(ana, ben, { timeoutMs: withinMs });
        await post(ana, "a long way");
        await hasPost(ben, "a long way", PATIENT);
        const file = { bytes, rate: null };
        const film = await beginTransfer(stage.root, ana, ben, file, PATIENT);
        expect(await film.finish(PATIENT)).toBe(true);
      },
      300_000,
    );
  },
);
