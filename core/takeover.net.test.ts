import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend } from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 60_000 };
const FILE = { bytes: 48 * 1024 * 1024, rate: 2_000_000 };
const stage = useLab();

/** How the only contact is connected. */
function isConnectedBy(one: LabPerson, wanted: string): Promise<void> {
  return untilHere(
    one.state("network", {}),
    ({ connected }) => connected.some(({ way }) => way === wanted),
    PATIENT,
  );
}

describe.skipIf(why !== null)(
  `when two come onto one network${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("ME1 FI8: a line on it takes over in the middle of a download, and no byte is lost or fetched from the start", async () => {
      await stage.openInternet();
      const hosts = [await stage.lab.host(), await stage.lab.host()] as const;
      const ana = await stage.person("Ana", hosts[0]);
      const ben = await stage.person("Ben", hosts[1]);
      await befriend(ana, ben, PATIENT);
      await isConnectedBy(ben, "direct");

      const film = await beginTransfer(stage.root, ana, ben, FILE, PATIENT);
      await film.moves(2_000_000, PATIENT);

      for (const [index, host] of hosts.entries())
        await host.exec(
          "ip",
          ...`addr add 10.77.0.${String(index + 1)}/24 dev eth0`.split(" "),
        );
      await isConnectedBy(ben, "network");
      expect(film.seen.at(-1) ?? 0).toBeLessThan(FILE.bytes);
      expect(await film.finish(PATIENT)).toBe(true);
      expect(film.seen).toEqual(film.seen.toSorted((a, b) => a - b));
    }, 180_000);
  },
);
