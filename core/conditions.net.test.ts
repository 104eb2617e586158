import { describe, expect, test } from "vitest";
import { useLab } from "#core/testing/lab-stage.ts";
import {
  befriend,
  hasPost,
  post,
  untilConnected,
} from "#core/testing/lab-talk.ts";
import { beginTransfer } from "#core/testing/lab-transfer.ts";
import { whyNoLab } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };
/** A person is told within this time how things stand. */
const TOLD = { timeoutMs: 15_000 };
const FILE = { bytes: 24 * 1024 * 1024, rate: 1_000_000 };
const stage = useLab();

describe.skipIf(why !== null)(
  `when the network is not what it was${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("another address on the same network, in the middle of a download: it goes on within fifteen seconds", async () => {
      await stage.open();
      const host = await stage.lab.host();
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", host);
      await befriend(ana, ben, PATIENT);
      const film = await beginTransfer(stage.root, ana, ben, FILE, PATIENT);
      await film.moves(2_000_000, PATIENT);
      await host.exec("ip", ..."addr flush dev eth0".split(" "));
      await host.exec("ip", ..."addr add 10.77.0.99/24 dev eth0".split(" "));
      await film.moves(3_000_000, TOLD);
      expect(await film.finish(PATIENT)).toBe(true);
      expect(film.seen).toEqual(film.seen.toSorted((a, b) => a - b));
    }, 90_000);

    test("UDP blocked is told within fifteen seconds, and once it is not, contacts are there again", async () => {
      await stage.openInternet();
      const host = await stage.lab.host();
      const ana = await stage.person("Ana", await stage.lab.host());
      const ben = await stage.person("Ben", host);
      await befriend(ana, ben, PATIENT);
      await untilConnected(ben, true, TOLD);
      await host.nft(
        "add table inet shut",
        "add chain inet shut out { type filter hook output priority 0; }",
        "add rule inet shut out meta l4proto udp drop",
      );
      await untilConnected(ben, false, TOLD);
      expect(await ben.call("examine", {})).toMatchObject({
        internet: { finding: "udp-blocked" },
        friends: { finding: "out-of-reach" },
      });
      await host.nft("delete table inet shut");
      await untilConnected(ben, true, { timeoutMs: 30_000 });
    }, 90_000);

    test("packets of at most 1,280 bytes are enough for an invite, posts and a file", async () => {
      await stage.openInternet();
      const router = await stage.lab.router("easy");
      const host = await router.host();
      for (const one of [host, router.box])
        await one.exec("ip", ..."link set eth0 mtu 1280".split(" "));
      // Whoever sends more is not told.
      await router.box.nft(
        "add rule inet box through meta length > 1280 drop",
        "add chain inet box mute { type filter hook output priority 0; }",
        "add rule inet box mute meta l4proto icmp drop",
      );
      const ana = await stage.person("Ana", await stage.lab.behindNat("easy"));
      const ben = await stage.person("Ben", host);
      await befriend(ana, ben, PATIENT);
      await post(ben, "a narrow door");
      await hasPost(ana, "a narrow door", PATIENT);
      const file = { bytes: 8 * 1024 * 1024, rate: null };
      const film = await beginTransfer(stage.root, ana, ben, file, PATIENT);
      expect(await film.finish(PATIENT)).toBe(true);
    }, 120_000);
  },
);
