import { join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { AppState, LockKind } from "#core/contract/models.ts";
import type { LockChoice, MethodInput } from "#core/contract/methods.ts";
import { createSerial } from "#core/base/serial.ts";
import { createState } from "#core/base/state.ts";
import type { Core, CoreOptions } from "#core/core-port.ts";
import { failedStart } from "#core/failed-start.ts";
import { featureHandlers } from "#core/feature-handlers.ts";
import { openFeatures } from "#core/features.ts";
import type { Features } from "#core/features.ts";
import { Grants } from "#core/grants/grants.ts";
import { listFolders, makeFolder } from "#core/grants/folder-chooser.ts";
import { Identity } from "#core/identity/identity.ts";
import { makeSecrets } from "#core/identity/secrets.ts";
import type { Secrets } from "#core/identity/secrets.ts";
import { createVault } from "#core/identity/vault.ts";
import type { Vault } from "#core/identity/vault.ts";
import type { AlwaysHandlers } from "#core/rpc/handlers.ts";
import { liveStates } from "#core/live-states.ts";
import { examine } from "#core/examine.ts";
import { openData } from "#core/open-data.ts";
import type { OpenedData } from "#core/open-data.ts";
import { featureStates } from "#core/state-sources.ts";
import type { FeatureStates } from "#core/state-sources.ts";

/** An unlocked app. */
interface Running {
  readonly features: Features;
  readonly states: FeatureStates;
}

/**
 * The whole product without a window: opens the data folder, waits to be set up
 * or unlocked, then runs every feature until it is closed.
 *
 * @throws `store-busy` when another copy of the app holds the data folder; every
 *   other problem at start shows as the state `app`
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, random, keyring, logger, desktop } = options;
  const app = createState<AppState>({ stage: "starting" });
  const running = createState<Running | null>(null);
  const grants = new Grants(random, join(options.dataFolder, "incoming"));
  const serial = createSerial();
  let opened: OpenedData | null = null;
  let vault: Vault | null = null;

  /** @throws `store-busy` */
  async function open(): Promise<void> {
    try {
      opened = await openData(options);
      const path = opened.folder.at("vault.json");
      vault = createVault(path, { clock, random, keyring });
      await begin();
    } catch (error) {
      if (isCoreError(error, "store-busy")) throw error;
      app.set(failedStart(error, logger));
    }
  }

  function features(): Features {
    const now = running.peek();
    if (now === null) throw new CoreError("not-ready", {});
    return now.features;
  }

  async function run(secrets: Secrets, lock: LockKind, name: string | null) {
    if (opened === null) throw new CoreError("not-ready", {});
    const { folder, stores } = opened;
    const identity = new Identity(secrets);
    const made = await openFeatures({
      core: options,
      folder,
      stores,
      grants,
      identity,
    });
    try {
      await made.start(name);
    } catch (error) {
      // Its stores are closed when the start is tried again.
      await made.close();
      throw error;
    }
    running.set({ features: made, states: featureStates(made, options) });
    app.set({ stage: "ready", lock });
  }

  async function begin(): Promise<void> {
    if (vault === null) return;
    const state = await vault.state();
    if (state.stage === "none") {
      const locks: LockKind[] = ["password", "unlocked"];
      app.set({
        stage: "setup",
        locks: keyring === null ? locks : ["keyring", ...locks],
      });
    } else if (state.lock === "password") {
      app.set({ stage: "locked", lock: "password" });
    } else {
      await openWithoutPassword(state.lock);
    }
  }

  async function openWithoutPassword(lock: "keyring" | "unlocked") {
    if (vault === null) return;
    try {
      await run(await vault.open(""), lock, null);
    } catch (error) {
      if (!isCoreError(error, "lock-unavailable")) throw error;
      app.set({ stage: "locked", lock: "keyring" });
    }
  }

  async function setUp(input: MethodInput<"start">): Promise<void> {
    const state = await vault?.state();
    if (vault === null || state?.stage !== "none")
      throw new CoreError("already-started", {});
    if (input.name.trim() === "") throw new CoreError("name-empty", {});
    const secrets = await makeSecrets(random, input.phrase);
    await vault.create(secrets, input.lock);
    await run(secrets, input.lock.kind, input.name);
  }

  /** What the recovery words opened, until a new lock is set. */
  let byWords: Secrets | null = null;

  async function unlock(
    read: (locked: Vault) => Promise<Secrets>,
  ): Promise<void> {
    const stage = app.peek();
    if (vault === null || stage.stage !== "locked")
      throw new CoreError("not-ready", {});
    await run(await read(vault), stage.lock, null);
  }

  /** The present password is asked for, except of somebody who came in by the words. */
  async function changeLock(lock: LockChoice, password: string): Promise<void> {
    if (vault === null || app.peek().stage !== "ready")
      throw new CoreError("not-ready", {});
    const secrets = byWords ?? (await vault.open(password));
    await vault.changeLock(secrets, lock);
    byWords = null;
    app.set({ stage: "ready", lock: lock.kind });
  }

  const always: AlwaysHandlers = {
    async start(input) {
      await serial(() => setUp(input));
      return {};
    },
    async startAgain() {
      await serial(async () => {
        const now = app.peek();
        const mayHelp =
          now.stage === "failed" ||
          (now.stage === "locked" && now.lock === "keyring");
        if (!mayHelp) return;
        app.set({ stage: "starting" });
        await opened?.stores.close();
        opened = vault = null;
        await open().catch((error: unknown) => {
          app.set(failedStart(error, logger));
        });
      });
      return {};
    },
    async unlock({ password }) {
      await serial(() => unlock((it) => it.open(password)));
      return {};
    },
    async unlockWithWords({ phrase }) {
      await serial(() =>
        unlock(async (it) => (byWords = await it.openWithWords(phrase))),
      );
      return {};
    },
    async changeLock({ lock, password }) {
      await serial(() => changeLock(lock, password ?? ""));
      return {};
    },
    async pick({ what }) {
      const paths = await desktop.pick(what);
      if (paths === null) return { supported: false, grants: [] };
      const picked = await Promise.all(paths.map((path) => grants.add(path)));
      return { supported: true, grants: picked };
    },
    async listFolders({ path }) {
      refuseUnlessChooser(desktop.canListFolders);
      return await listFolders(path);
    },
    async makeFolder({ path, name }) {
      refuseUnlessChooser(desktop.canListFolders);
      return await makeFolder(path, name);
    },
    async grantFolder({ path }) {
      refuseUnlessChooser(desktop.canListFolders);
      return await grants.add(path);
    },
  };

  await open();

  return {
    handlers: {
      ...featureHandlers(features, grants, (open) => examine(open, options)),
      ...always,
    },
    states: { app: () => app, ...liveStates(running) },
    grants,
    files: {
      async open(root, range, signal) {
        const { collections, content } = features();
        collections.shown(root);
        return await content.open(root, range, signal);
      },
    },
    wake() {
      running.peek()?.features.meet.wake();
    },
    async close() {
      await serial(async () => {
        const now = running.peek();
        running.set(null);
        try {
          await now?.features.close();
        } finally {
          // Whatever went wrong, the next start must find the folder free.
          await opened?.stores.close();
        }
      });
    },
  };
}

/** The chooser shows folders of this computer; only the browser host may offer it. */
function refuseUnlessChooser(isAllowed: boolean): void {
  if (!isAllowed) throw new CoreError("not-found", { what: "folder chooser" });
}
