import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse, string } from "valibot";
import { bundleForNode, type Bundle } from "#core/testing/bundle.ts";
import { openLabPerson, untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import {
  openNetworkLab,
  whyNoLab,
  type LabHost,
  type Nat,
  type NetworkLab,
} from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 40_000 };

let program: Bundle;
let dht: Bundle;
let portal: Bundle;
let lab: NetworkLab;
let root: string;
let bootstrap: string;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  [program, dht, portal] = await Promise.all([
    bundleForNode("lab-child.ts"),
    bundleForNode("lab-dht.ts"),
    bundleForNode("lab-portal.ts"),
  ]);
});
afterAll(async () => {
  await program.remove();
  await dht.remove();
  await portal.remove();
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  await lab.close();
  await rm(root, { recursive: true });
});

/** An internet of its own, with a DHT. Addresses look public, and lead nowhere outside the lab. */
async function openInternet(): Promise<LabHost> {
  lab = await openNetworkLab("5.5.0");
  root = await mkdtemp(join(tmpdir(), "commonplace-lab-"));
  const host = await lab.host();
  const nodes = host.fork(dht.path, [host.address]);
  closers.push(() => nodes.kill());
  bootstrap = await new Promise((resolve, reject) => {
    nodes.once("message", (text) => {
      resolve(parse(string(), text));
    });
    nodes.once("exit", () => {
      reject(new Error("no DHT"));
    });
  });
  return host;
}

/** What is found out about the way out, once there is somebody to look for. */
async function internetOf(one: LabPerson) {
  await one.call("createInvite", { lifeMs: 3_600_000, uses: 1, message: "" });
  const { internet } = await one.call("examine", {});
  return internet;
}

async function person(name: string, host: LabHost): Promise<LabPerson> {
  const folder = join(root, name);
  const one = await openLabPerson(host, program.path, folder, name, bootstrap);
  closers.push(() => one.close());
  return one;
}

async function befriend(a: LabPerson, b: LabPerson): Promise<void> {
  const lifeMs = 3_600_000;
  const made = await a.call("createInvite", { lifeMs, uses: 1, message: "" });
  await b.call("openLink", { link: made.link });
  await untilHere(
    a.state("invites", {}),
    (all) =>
      all.made.some(
        (one) => one.invite === made.invite && one.takenBy.length === 1,
      ),
    PATIENT,
  );
}

async function post(one: LabPerson, text: string): Promise<void> {
  await one.call("post", {
    text,
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
}

function hasPost(one: LabPerson, text: string): Promise<void> {
  return untilHere(
    one.state("feed", { filter: "all", first: 0, count: 10 }),
    ({ items }) => items.some((item) => item.text === text),
    PATIENT,
  );
}

describe.skipIf(why !== null)(
  `over an internet of its own${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test.each<readonly [Nat, Nat]>([
      ["easy", "easy"],
      ["easy", "strict"],
    ])("ME1: %s and %s networks meet directly", async (first, second) => {
      await openInternet();
      const ana = await person("Ana", await lab.behindNat(first));
      const ben = await person("Ben", await lab.behindNat(second));
      await befriend(ana, ben);
      await post(ana, "straight");
      await hasPost(ben, "straight");
    });

    test("ME9: two strict networks meet through a contact who helps, by name; switched off, they do not", async () => {
      await openInternet();
      const cleo = await person("Cleo", await lab.host());
      const ana = await person("Ana", await lab.behindNat("strict"));
      const ben = await person("Ben", await lab.behindNat("strict"));
      await cleo.call("updateSettings", { beHelper: true });
      await befriend(cleo, ana);
      await befriend(cleo, ben);
      await untilHere(
        ana.state("network", {}),
        ({ helpers }) => helpers.some(({ name }) => name === "Cleo"),
        PATIENT,
      );
      await befriend(ana, ben);
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
      await hasPost(ben, "around the corner");
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

    test("the doctor tells a strict network, blocked UDP, a page to sign in at, and no internet apart", async () => {
      const nodes = await openInternet();
      const open = await person("Ana", await lab.host());
      expect(await internetOf(open)).toMatchObject({ finding: "fine" });
      const strict = await person("Ben", await lab.behindNat("strict"));
      await expect
        .poll(() => internetOf(strict), { timeout: 30_000 })
        .toMatchObject({ finding: "strict" });
      const shut = await lab.host();
      await shut.exec("nft", "add table inet shut");
      await shut.exec(
        "nft",
        "add chain inet shut out { type filter hook output priority 0; }",
      );
      await shut.exec("nft", "add rule inet shut out meta l4proto udp drop");
      const cleo = await person("Cleo", shut);
      expect(await internetOf(cleo)).toEqual({ finding: "udp-blocked" });
      const page = nodes.fork(portal.path, []);
      closers.push(() => page.kill());
      await new Promise((resolve) => page.once("message", resolve));
      expect(await internetOf(cleo)).toEqual({ finding: "captive" });
      await shut.setCable(false);
      expect(await internetOf(cleo)).toEqual({ finding: "none" });
    }, 120_000);
  },
);
