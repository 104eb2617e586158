import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { Identity } from "#core/identity/identity.ts";
import type { SecretParts } from "#core/identity/secrets.ts";
import { createVault } from "#core/identity/vault.ts";
import { Self } from "#core/self/self.ts";
import { HybridClock } from "#core/spaces/hybrid-clock.ts";
import { Spaces } from "#core/spaces/spaces.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import { openDataFolder } from "#core/storage/data-folder.ts";
import { openStores } from "#core/stores.ts";
import type { Stores } from "#core/stores.ts";

/** The data folder of a core that is closed, laid open: keys, logs and self space. */
export interface OpenedFolder {
  readonly parts: SecretParts;
  readonly identity: Identity;
  readonly stores: Stores;
  readonly spaces: Spaces;
  readonly self: Self;
  close(): Promise<void>;
}

/** Opens a folder whose vault has no lock. */
export async function openFolder(dataFolder: string): Promise<OpenedFolder> {
  const folder = await openDataFolder(dataFolder);
  const vault = createVault(folder.at("vault.json"), {
    clock: systemClock,
    random: systemRandom,
    keyring: null,
  });
  const secrets = await vault.open("");
  const identity = new Identity(secrets);
  const stores = await openStores(folder);
  const time = new HybridClock(systemClock);
  const spaces = new Spaces({
    store: stores.logs,
    admitted: new AdmittedLogs(stores.local),
    identity,
    time,
    logger: silentLogger,
  });
  const self = await Self.open(spaces, identity, time);
  return {
    parts: secrets.reveal(),
    identity,
    stores,
    spaces,
    self,
    async close() {
      await spaces.close();
      await stores.close();
    },
  };
}
