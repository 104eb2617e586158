import type { PersonId } from "#core/contract/ids.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Desktop } from "#core/core-port.ts";
import type { Feeds } from "#core/feeds/feeds.ts";
import type { ContentStore } from "#core/fetching/content-store.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Fetchers } from "#core/fetching/fetchers.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Named } from "#core/files/named.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import type { Looks } from "#core/looks/looks.ts";
import type { Address } from "#core/network/port.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Sessions } from "#core/spaces/session.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { Database } from "#core/storage/database.ts";
import type { CollectionWriters } from "#core/listing/collection-writers.ts";

/** What collections stand on. */
export interface CollectionsOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly index: Database;
  readonly local: Database;
  readonly named: Named;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly exchange: Exchange;
  /** What is under way anywhere in the app. */
  readonly fetchers: Fetchers;
  /** The app's own copies of content. */
  readonly content: Pick<ContentStore, "ensure">;
  readonly looks: Pick<Looks, "of">;
  /** Who else has what. */
  readonly availability: Availability;
  readonly keeping: Keeping;
  readonly feeds: Feeds;
  readonly people: People;
  readonly sessions: Sessions;
  readonly settings: LocalSettings;
  readonly grants: Grants;
  /** Who may write where, as founders say. */
  readonly writers: CollectionWriters;
  /** Absolute: what lies in here is never shared. */
  readonly dataFolder: string;
  /** Absolute: where earlier versions are kept. */
  readonly versionsFolder: string;
  readonly desktop: Desktop;
  /** Where this device can be dialled now, for links (IN1). */
  readonly addresses: () => readonly Address[];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}
