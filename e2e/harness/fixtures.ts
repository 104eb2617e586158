import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import createTestnet from "@hyperswarm/testnet";
import { test as base, expect } from "@playwright/test";
import { createApp } from "../pages/app.ts";
import type { App } from "../pages/app.ts";
import { createBrowserHost } from "./browser-host.ts";
import { createElectronHost } from "./electron-host.ts";
import type { Host } from "./host.ts";
import { startKeeper } from "./keeper-process.ts";
import type { KeeperProcess } from "./keeper-process.ts";

const NETWORK_NODES = 10;

interface TestFixtures {
  /** Starts an app for a person; it is closed, and its data removed, with the test. */
  startApp: (name: string) => Promise<App>;
  /** Starts a keeper on a computer that stays on; it ends with the test. */
  keep: (name: string) => Promise<KeeperProcess>;
  /** An empty folder, removed with the test. */
  makeFolder: (name: string) => string;
}
interface WorkerFixtures {
  host: Host;
  /** `host:port` of every node of a private network on this computer. */
  bootstrap: readonly string[];
}

export { expect };
export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: [
    async ({ browser }, use, worker) => {
      const electron = process.env["ELECTRON_BIN"] ?? "";
      await use(
        worker.project.name === "electron"
          ? createElectronHost(electron)
          : createBrowserHost(browser),
      );
    },
    { scope: "worker" },
  ],

  bootstrap: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const network = await createTestnet(NETWORK_NODES, { host: "127.0.0.1" });
      await use(network.bootstrap.map(({ host, port }) => `${host}:${port}`));
      await network.destroy();
    },
    { scope: "worker" },
  ],

  // eslint-disable-next-line no-empty-pattern
  makeFolder: async ({}, use) => {
    const folders: string[] = [];
    await use((name) => {
      const folder = mkdtempSync(join(tmpdir(), `commonplace-${name}-`));
      folders.push(folder);
      return folder;
    });
    for (const folder of folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  },

  keep: async ({ bootstrap, makeFolder }, use) => {
    const keepers: KeeperProcess[] = [];
    await use(async (name) => {
      const dataFolder = makeFolder(name.replaceAll(" ", "-"));
      const keeper = await startKeeper({ dataFolder, bootstrap, name });
      keepers.push(keeper);
      return keeper;
    });
    for (const keeper of keepers) await keeper.close();
  },

  startApp: async ({ host, bootstrap, makeFolder }, use, info) => {
    const problems: string[] = [];
    const apps: App[] = [];
    await use(async (name) => {
      const app = await createApp({
        name,
        host,
        bootstrap,
        dataFolder: makeFolder(name),
        onProblem: (problem) => problems.push(`${name}: ${problem}`),
      });
      apps.push(app);
      return app;
    });
    if (info.status !== info.expectedStatus) {
      for (const app of apps) await app.attachPictureOfPage(info);
    }
    for (const app of apps.reverse()) await app.close();
    expect(problems, "errors on the pages").toEqual([]);
  },
});
