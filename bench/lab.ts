import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  openLabPerson,
  untilHere,
  type LabPerson,
} from "#core/testing/lab-person.ts";
import { befriend } from "#core/testing/lab-talk.ts";
import { openNetworkLab, whyNoLab } from "#core/testing/network-lab.ts";
import type { LabHost, NetworkLab } from "#core/testing/network-lab.ts";
import { startDht } from "#core/testing/start-dht.ts";
import type { UntilOptions } from "#core/testing/until.ts";

/** A lab with an internet of its own, or one network without a way out. */
export interface BenchLab {
  readonly lab: NetworkLab;
  /** Starts a person in a folder; a second time they are who they were. */
  person(at: string, name: string, host: LabHost): Promise<LabPerson>;
  close(): Promise<void>;
}

/** Whether there can be no lab here; says why. */
export async function saidNoLab(): Promise<boolean> {
  const why = await whyNoLab();
  if (why !== null) console.error(`no network lab: ${why}`);
  return why !== null;
}

/** Opens one network with nothing beside it. */
export async function openLan(): Promise<BenchLab> {
  return labOf(await openNetworkLab(), undefined, () => undefined);
}

/** Opens an internet with a DHT of twenty nodes. */
export async function openInternet(): Promise<BenchLab> {
  const lab = await openNetworkLab("5.5.0", false);
  const host = await lab.host();
  const dht = await startDht(host, program("lab-dht"));
  return labOf(lab, dht.entry, () => {
    dht.stop();
  });
}

/** Makes somebody a contact of all who carries their lines where no other way is, and waits until they know. */
export async function letHelp(
  helper: LabPerson,
  others: readonly LabPerson[],
  options: UntilOptions,
): Promise<void> {
  await helper.call("updateSettings", { beHelper: true });
  for (const one of others) {
    await befriend(helper, one, options);
    await untilHere(
      one.state("network", {}),
      ({ helpers }) => helpers.length > 0,
      options,
    );
  }
}

function labOf(
  lab: NetworkLab,
  bootstrap: string | undefined,
  end: () => unknown,
): BenchLab {
  const known = new Set<string>();
  return {
    lab,
    person(at, name, host) {
      const folder = join(at, name);
      const isNew = !known.has(folder);
      known.add(folder);
      const entry = program("lab-child");
      return openLabPerson(host, entry, folder, name, bootstrap, isNew);
    },
    async close() {
      end();
      await lab.close();
    },
  };
}

function program(name: string): string {
  return fileURLToPath(new URL(`${name}.js`, import.meta.url));
}
