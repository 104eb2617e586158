import { describe, expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import { untilHere } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, post, untilConnected } from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab, type LabHost } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
/** Rounds of sleep in all; `npm run soak` has more. */
const SLEEPS = Number(process.env["SLEEPS"] ?? 10);
const PATIENT = { timeoutMs: 60_000 };
const AWAKE_MS = 15_000;
/** The process stands still for so long, and by the wall clock for longer. */
const STOPPED_MS = 2_000;
const SLEPT_MS = 60_000;
const stage = useLab();

/** Where somebody sleeps, and comes back elsewhere. */
interface Bed {
  readonly host: LabHost;
  /** Gone while asleep; answers with what brings another address. */
  leave(): Promise<() => Promise<void>>;
}

async function onOneNetwork(): Promise<readonly [LabHost, Bed]> {
  await stage.open();
  const host = await stage.lab.host();
  let last = 100;
  return [
    await stage.lab.host(),
    {
      host,
      async leave() {
        await host.setCable(false);
        await host.exec("ip", "addr", "flush", "dev", "eth0");
        last += 1;
        const next = `10.77.0.${String(last)}/24`;
        return async () => {
          await host.exec("ip", "addr", "add", next, "dev", "eth0");
          await host.setCable(true);
        };
      },
    },
  ];
}

async function overTheInternet(): Promise<readonly [LabHost, Bed]> {
  await stage.openInternet();
  const router = await stage.lab.router("easy");
  let last = 100;
  return [
    await stage.lab.behindNat("easy"),
    {
      host: await router.host(),
      async leave() {
        await router.stop();
        last += 1;
        const next = `5.5.0.${String(last)}`;
        return () => router.start(next);
      },
    },
  ];
}

describe.skipIf(why !== null)(
  `asleep and awake${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test.each([
      ["on one network", onOneNetwork],
      ["over the internet", overTheInternet],
    ])(
      "ME1 FI8: %s, whoever sleeps and wakes with another address is connected and fetches on within fifteen seconds, each time, and nothing is there twice",
      async (_, makeBeds) => {
        const rounds = Math.ceil(SLEEPS / 2);
        const [far, bed] = await makeBeds();
        const ana = await stage.person("Ana", far);
        const ben = await stage.person("Ben", bed.host);
        await befriend(ana, ben, PATIENT);
        const file = { bytes: rounds * 8_000_000, rate: 500_000 };
        const { root } = stage;
        const film = await beginTransfer(root, ana, ben, file, PATIENT);
        const took: number[] = [];
        for (let round = 1; round <= rounds; round++) {
          await film.moves(500_000, PATIENT);
          const wake = await bed.leave();
          ben.process.kill("SIGSTOP");
          await post(ana, `night ${String(round)}`);
          await delay(systemClock, STOPPED_MS);
          await wake();
          ben.setClock(round * SLEPT_MS);
          ben.process.kill("SIGCONT");
          const wokeAt = performance.now();
          // What was on its way when it fell asleep may still come: two chunks do not.
          await film.moves(1_000_000, { timeoutMs: AWAKE_MS });
          await untilConnected(ben, true, { timeoutMs: AWAKE_MS });
          took.push(Math.round(performance.now() - wokeAt));
        }
        process.stdout.write(`awake again after ${took.join(", ")} ms\n`);
        expect(Math.max(...took)).toBeLessThan(AWAKE_MS);
        expect(await film.finish(PATIENT)).toBe(true);
        expect(film.seen).toEqual(film.seen.toSorted((a, b) => a - b));
        const feed = { filter: "all", first: 0, count: 100 } as const;
        await untilHere(
          ben.state("feed", feed),
          ({ items }) => items.length === rounds,
          PATIENT,
        );
        const texts = ben
          .state("feed", feed)
          .peek()
          ?.items.map(({ text }) => text);
        expect(new Set(texts).size).toBe(rounds);
      },
      60_000 + SLEEPS * 30_000,
    );
  },
);
