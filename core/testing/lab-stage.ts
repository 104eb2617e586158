import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { bundleForNode, type Bundle } from "./bundle.ts";
import { openLabPerson, type LabPerson } from "./lab-person.ts";
import {
  openNetworkLab,
  type LabHost,
  type NetworkLab,
} from "./network-lab.ts";
import { startDht } from "./start-dht.ts";

const PERSON = "lab-child.ts";
const DHT = "lab-dht.ts";

/** What a test file in the lab stands on: programs once for all, a lab for each test. */
export interface LabStage {
  readonly lab: NetworkLab;
  /** A folder of this test. */
  readonly root: string;
  /** Opens the lab of a test. */
  open(): Promise<void>;
  /**
   * Opens one that is an internet of its own, with a DHT that persons enter by.
   * Addresses look public, and lead nowhere outside the lab. Answers with the
   * computer that the DHT runs on.
   */
  openInternet(): Promise<LabHost>;
  /** Where a program named at the start was bundled to. */
  program(name: string): string;
  /** Starts a person; `bootstrap` is the DHT's node when left out. */
  person(name: string, host: LabHost, bootstrap?: string): Promise<LabPerson>;
  /** Runs when the test is over, before the lab is gone. */
  onEnd(task: () => unknown): void;
}

/** Bundles the programs of a test file, and clears up after each test. */
export function useLab(...more: readonly string[]): LabStage {
  const bundles = new Map<string, Bundle>();
  const tasks: (() => unknown)[] = [];
  let lab: NetworkLab | null = null;
  let root = "";
  let entry: string | undefined;

  beforeAll(async () => {
    const names = [PERSON, DHT, ...more];
    const made = await Promise.all(names.map(bundleForNode));
    for (const [index, name] of names.entries()) {
      const bundle = made[index];
      if (bundle !== undefined) bundles.set(name, bundle);
    }
  });
  afterAll(async () => {
    for (const bundle of bundles.values()) await bundle.remove();
  });
  afterEach(async () => {
    await Promise.all(tasks.splice(0).map((task) => task()));
    await lab?.close();
    lab = null;
    entry = undefined;
    await rm(root, { recursive: true });
  });

  function opened(): NetworkLab {
    if (lab === null) throw new Error("the lab is not open");
    return lab;
  }
  function program(name: string): string {
    const bundle = bundles.get(name);
    if (bundle === undefined) throw new Error(`${name} was not asked for`);
    return bundle.path;
  }
  async function open(prefix?: string, hasIpv6?: boolean): Promise<void> {
    lab = await openNetworkLab(prefix, hasIpv6);
    root = await mkdtemp(join(tmpdir(), "commonplace-lab-"));
  }

  return {
    get lab() {
      return opened();
    },
    get root() {
      return root;
    },
    open: () => open(),
    program,
    onEnd: (task) => tasks.push(task),
    async openInternet() {
      await open("5.5.0", false);
      const host = await opened().host();
      const dht = await startDht(host, program(DHT));
      tasks.push(() => {
        dht.stop();
      });
      entry = dht.entry;
      return host;
    },
    async person(name, host, bootstrap = entry) {
      const folder = join(root, name);
      const path = program(PERSON);
      const one = await openLabPerson(host, path, folder, name, bootstrap);
      tasks.push(() => one.close());
      return one;
    },
  };
}
