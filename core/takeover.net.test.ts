import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { untilHere } from "#core/testing/lab-person.ts";
import type { LabPerson } from "#core/testing/lab-person.ts";
import { befriend, useLab } from "#core/testing/lab-stage.ts";
import { whyNoLab } from "#core/testing/network-lab.ts";

const why = await whyNoLab();
const PATIENT = { timeoutMs: 60_000 };
const FILE_BYTES = 48 * 1024 * 1024;
const SLOW = { down: 2_000_000, up: null, schedule: null };
const FREE = { down: null, up: null, schedule: null };
const stage = useLab();

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
      await stage.openInternet();
      const hosts = [await stage.lab.host(), await stage.lab.host()] as const;
      const ana = await stage.person("Ana", hosts[0]);
      const ben = await stage.person("Ben", hosts[1]);
      await befriend(ana, ben, PATIENT);
      await isConnectedBy(ben, "direct");

      const shared = join(stage.root, "shared");
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
        folder: await grant(ben, join(stage.root, "got")),
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
      const got = join(stage.root, "got", "Films", "film.bin");
      expect(await digest(got)).toBe(await digest(join(shared, "film.bin")));
    }, 180_000);
  },
);
