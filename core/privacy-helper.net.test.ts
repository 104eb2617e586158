import { join } from "node:path";
import { describe, expect, test } from "vitest";
import z32 from "z32";
import { decodeLink } from "#core/contacts/link.ts";
import { found } from "#core/testing/found.ts";
import { untilHere, type LabPerson } from "#core/testing/lab-person.ts";
import { useLab } from "#core/testing/lab-stage.ts";
import { befriend, hasPost, post } from "#core/testing/lab-talk.ts";
import { tapCable, type LabTap } from "#core/testing/lab-tap.ts";
import { whyNoLab, type LabHost } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };
const SOON = { timeout: 5_000 };
const stage = useLab();
const CONTROL = "said openly";

async function tapped(host: LabHost): Promise<LabTap> {
  const tap = await tapCable(host, join(stage.root, `${host.name}.tap`));
  stage.onEnd(tap.stop);
  return tap;
}

/** Sends words that nothing hides from one computer to another. */
async function sayOpenly(from: LabHost, to: LabHost): Promise<void> {
  const code = `const s = require("node:dgram").createSocket("udp4"); s.send(${JSON.stringify(CONTROL)}, 9, "${to.address}", () => s.close())`;
  await from.exec(process.execPath, "-e", code);
}

/** What a person is known by, and what opens what they wrote for everybody with a link. */
async function secretsOf(
  name: string,
  one: LabPerson,
): Promise<Readonly<Record<string, Buffer>>> {
  let person = "";
  await untilHere(
    one.state("me", {}),
    (me) => {
      person = me?.person ?? "";
      return person !== "";
    },
    PATIENT,
  );
  const made = { lifeMs: 3_600_000, uses: 1, message: "" };
  const link = decodeLink((await one.call("createInvite", made)).link);
  if (link.kind !== "invite") throw new Error("not the link that was made");
  return {
    [`${name}: the person`]: Buffer.from(z32.decode(person)),
    [`${name}: the person, as text`]: Buffer.from(person),
    [`${name}: key of the open feed`]: link.feed.readKey,
  };
}

describe.skipIf(why !== null)(
  `who carries lines for others${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("M1, ME9: neither a helper nor who owns the networks has a text, name or key of the two on the cable", async () => {
      const entry = await stage.openInternet();
      const helper = await stage.lab.host();
      const routers = [
        await stage.lab.router("strict"),
        await stage.lab.router("strict"),
      ] as const;
      const taps = [
        await tapped(helper),
        await tapped(routers[0].box),
        await tapped(routers[1].box),
      ];
      const cleo = await stage.person("Planted Cleo", helper);
      const ana = await stage.person("Planted Ana", await routers[0].host());
      const ben = await stage.person("Planted Ben", await routers[1].host());
      await cleo.call("updateSettings", { beHelper: true });
      await befriend(cleo, ana, PATIENT);
      await befriend(cleo, ben, PATIENT);
      await untilHere(
        ana.state("network", {}),
        ({ helpers }) => helpers.length > 0,
        PATIENT,
      );
      await befriend(ana, ben, PATIENT);
      await untilHere(
        ana.state("network", {}),
        ({ connected }) => connected.some(({ way }) => way === "helper"),
        PATIENT,
      );
      await post(ana, "Planted: around the corner");
      await hasPost(ben, "Planted: around the corner", PATIENT);
      const secrets = {
        planted: Buffer.from("Planted"),
        ...(await secretsOf("Ana", ana)),
        ...(await secretsOf("Ben", ben)),
      };
      for (const host of [helper, routers[0].box, routers[1].box])
        await sayOpenly(host, entry);
      const control = { [CONTROL]: Buffer.from(CONTROL) };
      for (const tap of taps) {
        await expect
          .poll(async () => found(await tap.heard(), control), SOON)
          .toEqual([CONTROL]);
        const heard = await tap.heard();
        expect(heard.length).toBeGreaterThan(20_000);
        expect(found(heard, secrets)).toEqual([]);
      }
    }, 120_000);
  },
);
