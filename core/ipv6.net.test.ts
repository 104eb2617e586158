import { describe, expect, test } from "vitest";
import { untilHere } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab, type LabHost } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const FOUND = { timeoutMs: 10_000 };
const PATIENT = { timeoutMs: 40_000 };
/** The DHT is entered by an address of IPv4. */
const NOBODY = "203.0.113.7:49737";
const stage = useLab();

/** A computer that has no address but those of IPv6 that mean something on its own network. */
async function hostWithoutIpv4(): Promise<LabHost> {
  const host = await stage.lab.host();
  await host.exec("ip", "-4", "addr", "flush", "dev", "eth0");
  return host;
}

describe.skipIf(why !== null)(
  `on a network of IPv6 alone${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("ME6: two find each other within ten seconds, share posts, and a file goes over a lane of its own", async () => {
      await stage.open();
      const host = await hostWithoutIpv4();
      const ana = await stage.person("Ana", host);
      const ben = await stage.person("Ben", await hostWithoutIpv4(), NOBODY);
      await befriend(ana, ben, FOUND);
      await post(ana, "the long way to write it");
      await hasPost(ben, "the long way to write it", FOUND);
      for (const one of [ana, ben])
        await untilHere(one.state("network", {}), ({ nearby }) => nearby === 1);
      await untilHere(
        ana.state("network", {}),
        ({ connected }) => connected[0]?.way === "network",
      );
      const file = { bytes: 24 * 1024 * 1024, rate: 2_000_000 };
      const film = await beginTransfer(stage.root, ana, ben, file, PATIENT);
      await film.moves(4_000_000, PATIENT);
      const sockets = await host.exec("ss", "-Htn", "state", "established");
      // The line, and the lane.
      expect(sockets.trim().split("\n").length).toBeGreaterThan(1);
      expect(await film.finish(PATIENT)).toBe(true);
      expect(await ben.call("examine", {})).toMatchObject({
        network: { finding: "fine", heard: 1 },
        internet: { finding: "none" },
        friends: { finding: "fine" },
      });
    });
  },
);
