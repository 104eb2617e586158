import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse, string } from "valibot";
import { systemRandom } from "#core/base/random.ts";
import { bundleForNode, type Bundle } from "#core/testing/bundle.ts";
import { openLabPerson, untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import {
  openNetworkLab,
  whyNoLab,
  type LabHost,
  type NetworkLab,
} from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 60_000 };
const FILE_BYTES = 48 * 1024 * 1024;
const SLOW = { down: 2_000_000, up: null, schedule: null };
const FREE = { down: null, up: null, schedule: null };

let program: Bundle;
let dht: Bundle;
let lab: NetworkLab;
let root: string;
let bootstrap: string;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  [program, dht] = await Promise.all([
    bundleForNode("lab-child.ts"),
    bundleForNode("lab-dht.ts"),
  ]);
});
afterAll(async () => {
  await program.remove();
  await dht.remove();
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  await lab.close();
  await rm(root, { recursive: true });
});

async function openInternet(): Promise<void> {
  lab = await openNetworkLab("5.5.0");
  root = await mkdtemp(join(tmpdir(), "commonplace-lab-"));
  const host = await lab.host();
  const nodes = host.fork(dht.path, [host.address]);
  closers.push(() => nodes.kill());
  bootstrap = await new Promise((resolve) => {
    nodes.once("message", (text) => {
      resolve(parse(string(), text));
    });
  });
}

async function person(name: string, host: LabHost): Promise<LabPerson> {
  const folder = join(root, name);
  const one = await openLabPerson(host, program.path, folder, name, bootstrap);
  closers.push(() => one.close());
  return one;
}

/** How the only contact is connected. */
function isConnectedBy(one: LabPerson, wanted: string): Promise<void> {
  return untilHere(
    one.state("network", {}),
    ({ connected }) => connected.some(({ way }) => way === wanted),
    PATIENT,
  );
}

async function grant(one: LabPerson, path: string) {
  await mkdir(path, { recursive: true });
  return (await one.call("grantFolder", { path })).grant;
}

async function digest(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

describe.skipIf(why !== null)(
  `when two come onto one network${why === null ? "" : ` (skipped: ${why})`}`,
  () => {
    test("ME1 FI8: a line on it takes over in the middle of a download, and no byte is lost or fetched from the start", async () => {
      await openInternet();
      const hosts = [await lab.host(), await lab.host()] as const;
      const ana = await person("Ana", hosts[0]);
      const ben = await person("Ben", hosts[1]);
      const lifeMs = 3_600_000;
      const made = await ana.call("createInvite", {
        lifeMs,
        uses: 1,
        message: "",
      });
      await ben.call("openLink", { link: made.link });
      await isConnectedBy(ben, "direct");

      const shared = join(root, "shared");
      const folder = await grant(ana, shared);
      const bytes = systemRandom.bytes(FILE_BYTES);
      await writeFile(join(shared, "film.bin"), bytes);
      const { collection } = await ana.call("shareFolder", {
        folder,
        title: "Films",
        about: "",
        audience: { kind: "contacts" },
      });
      await untilHere(
        ben.state("collections", {}),
        ([row]) => row?.files === 1,
        PATIENT,
      );
      await ben.call("updateSettings", { limits: SLOW });
      await ben.call("download", {
        collection,
        paths: [""],
        folder: await grant(ben, join(root, "got")),
      });
      const transfers = ben.state("transfers", {});
      const seen: number[] = [];
      transfers.subscribe(() => {
        seen.push(transfers.peek()?.[0]?.bytes.done ?? 0);
      });
      await untilHere(
        transfers,
        ([one]) => (one?.bytes.done ?? 0) > 2_000_000,
        PATIENT,
      );

      for (const [index, host] of hosts.entries())
        await host.exec(
          "ip",
          ...`addr add 10.77.0.${String(index + 1)}/24 dev eth0`.split(" "),
        );
      await isConnectedBy(ben, "network");
      const atTakeover = seen.at(-1) ?? 0;
      expect(atTakeover).toBeLessThan(FILE_BYTES);
      await ben.call("updateSettings", { limits: FREE });
      await untilHere(
        transfers,
        ([one]) => one?.state.stage === "done",
        PATIENT,
      );
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      const got = join(root, "got", "Films", "film.bin");
      expect(await digest(got)).toBe(await digest(join(shared, "film.bin")));
    }, 180_000);
  },
);
