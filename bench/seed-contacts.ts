import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { PersonId } from "#core/contract/ids.ts";
import { Identity } from "#core/identity/identity.ts";
import { personIdOf } from "#core/identity/key-text.ts";
import { createVault } from "#core/identity/vault.ts";
import { Self } from "#core/self/self.ts";
import type { SelfEntry } from "#core/self/self-entries.ts";
import { noWriters } from "#core/spaces/admission.ts";
import { inOrder, newNonce, newReadKey } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { HybridClock } from "#core/spaces/hybrid-clock.ts";
import { Spaces } from "#core/spaces/spaces.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import { openDataFolder } from "#core/storage/data-folder.ts";
import { openStores } from "#core/stores.ts";

/**
 * Writes contacts who are never there into the self space of a person whose app is
 * closed, as if met so long ago, in milliseconds.
 */
export async function seedContacts(
  dataFolder: string,
  count: number,
  ageMs = 0,
): Promise<void> {
  const folder = await openDataFolder(dataFolder);
  const stores = await openStores(folder);
  const tools = { clock: systemClock, random: systemRandom, keyring: null };
  const vault = createVault(folder.at("vault.json"), tools);
  const identity = new Identity(await vault.open(""));
  const time = new HybridClock(systemClock);
  const spaces = new Spaces({
    store: stores.logs,
    admitted: new AdmittedLogs(stores.local),
    identity,
    time,
    logger: silentLogger,
    writers: noWriters,
  });
  const self = await Self.open(spaces, identity, time);
  for (let index = 0; index < count; index++)
    await self.append(
      contactOf(identity.person, index, systemClock.now() - ageMs),
    );
  await spaces.close();
  await stores.close();
}

function contactOf(me: PersonId, index: number, metAt: number): SelfEntry {
  const person = personIdOf(systemRandom.bytes(32));
  const base = { v: 1, founder: person } as const;
  const link = (charter: SpaceLink["charter"]): SpaceLink => ({
    charter,
    readKey: newReadKey(systemRandom),
  });
  const nonce = () => newNonce(systemRandom);
  return {
    type: "contact",
    person,
    name: `Contact ${String(index)}`,
    metAt,
    conversation: link({
      ...base,
      kind: "conversation",
      nonce: nonce(),
      members: inOrder([me, person]),
    }),
    feeds: (["link", "contacts"] as const).map((audience) =>
      link({ ...base, kind: "feed", audience, nonce: nonce() }),
    ),
    removed: false,
  };
}
