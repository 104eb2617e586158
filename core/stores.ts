import { AVAILABILITY_MIGRATION } from "#core/availability/availability-tables.ts";
import { ENCOUNTERS_MIGRATION } from "#core/contacts/encounters.ts";
import { COLLECTION_MIGRATION } from "#core/listing/collection-tables.ts";
import {
  COLLECTIONS_MIGRATION,
  SAVED_ENDINGS_MIGRATION,
  SAVED_USE_MIGRATION,
  TRANSFER_ORDER_MIGRATION,
  WATCHING_MIGRATION,
} from "#core/folders/local-tables.ts";
import { MOVES_MIGRATION } from "#core/listing/moves-table.ts";
import { COPIES_MIGRATION } from "#core/feeds/copies.ts";
import { DRAFTS_MIGRATION } from "#core/feeds/drafts.ts";
import { FEED_MIGRATION } from "#core/feeds/feed-tables.ts";
import { OUTBOX_MIGRATION } from "#core/feeds/outbox.ts";
import { READ_MARKS_MIGRATION } from "#core/feeds/read-marks.ts";
import {
  HOLDINGS_MIGRATION,
  HOLDINGS_UNLIKE_MIGRATION,
} from "#core/files/holdings-tables.ts";
import { NAMED_MIGRATION } from "#core/files/named.ts";
import { BESIDE_MIGRATION } from "#core/collections/beside-tables.ts";
import { KEPT_VERSIONS_MIGRATION } from "#core/versions/kept-versions.ts";
import { PROOFS_MIGRATION } from "#core/keepers/proofs.ts";
import { READ_MIGRATION } from "#core/keepers/read-tables.ts";
import { SEALED_MIGRATION } from "#core/keepers/sealed-store.ts";
import { KEEPING_MIGRATION } from "#core/keeping/keeping-tables.ts";
import { CARRIED_MARKS_MIGRATION } from "#core/collections/carry-marks.ts";
import { REMOVED_ANSWERS_MIGRATION } from "#core/upkeep/removed-answers.ts";
import type { Resource } from "#core/base/resource.ts";
import { LOCAL_SETTINGS_MIGRATION } from "#core/settings/local-settings.ts";
import { BLIND_MIGRATION, LOOK_MIGRATION } from "#core/looks/look-tables.ts";
import { FOLD_MIGRATION } from "#core/spaces/fold.ts";
import { SCRUB_MIGRATION } from "#core/mending/scrub-tables.ts";
import { ADMITTED_LOGS_MIGRATION } from "#core/storage/admitted-logs.ts";
import type { DataFolder } from "#core/storage/data-folder.ts";
import type { Database } from "#core/storage/database.ts";
import { openIndex, openLocal } from "#core/storage/databases.ts";
import { LogStore } from "#core/storage/log-store.ts";

/** In the order they were added; on disk since the version named in each. Only ever append. */
const LOCAL_MIGRATIONS = [
  ADMITTED_LOGS_MIGRATION,
  HOLDINGS_MIGRATION,
  READ_MARKS_MIGRATION,
  COPIES_MIGRATION,
  OUTBOX_MIGRATION,
  DRAFTS_MIGRATION,
  ENCOUNTERS_MIGRATION,
  LOCAL_SETTINGS_MIGRATION,
  COLLECTIONS_MIGRATION,
  WATCHING_MIGRATION,
  AVAILABILITY_MIGRATION,
  KEPT_VERSIONS_MIGRATION,
  BESIDE_MIGRATION,
  BLIND_MIGRATION,
  TRANSFER_ORDER_MIGRATION,
  KEEPING_MIGRATION,
  SCRUB_MIGRATION,
  SEALED_MIGRATION,
  PROOFS_MIGRATION,
  HOLDINGS_UNLIKE_MIGRATION,
  SAVED_USE_MIGRATION,
  READ_MIGRATION,
  REMOVED_ANSWERS_MIGRATION,
  CARRIED_MARKS_MIGRATION,
  SAVED_ENDINGS_MIGRATION,
];

/** The index has no history: when one of these changes it is made anew. */
const INDEX_TABLES = [
  FOLD_MIGRATION,
  NAMED_MIGRATION,
  FEED_MIGRATION,
  READ_MARKS_MIGRATION,
  COLLECTION_MIGRATION,
  MOVES_MIGRATION,
  LOOK_MIGRATION,
];

/** Everything on disk but the vault. */
export interface Stores extends Resource {
  readonly logs: LogStore;
  /** What this computer alone knows; durable. */
  readonly local: Database;
  /** What is folded from logs; can be thrown away. */
  readonly index: Database;
}

/**
 * Opens the logs first: their lock is what keeps a second copy of the app out.
 * @throws `store-busy`, `store-moved`, `store-damaged`, `store-newer`, `disk-full`
 */
export async function openStores(folder: DataFolder): Promise<Stores> {
  const logs = await LogStore.open(folder.path);
  try {
    const local = openLocal(folder.at("local.db"), LOCAL_MIGRATIONS);
    const index = openIndex(folder.at("index.db"), INDEX_TABLES);
    return {
      logs,
      local,
      index,
      async close() {
        await index.close();
        await local.close();
        await logs.close();
      },
    };
  } catch (error) {
    await logs.close();
    throw error;
  }
}
