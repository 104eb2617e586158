import type { Closers } from "#core/base/resource.ts";
import { CollectionWriters } from "#core/listing/collection-writers.ts";
import { Encounters } from "#core/contacts/encounters.ts";
import type { CoreOptions } from "#core/core-port.ts";
import { Copies } from "#core/feeds/copies.ts";
import { Drafts } from "#core/feeds/drafts.ts";
import { FeedReader } from "#core/feeds/feed-reader.ts";
import { ReadMarks } from "#core/feeds/read-marks.ts";
import { Hasher } from "#core/files/hasher.ts";
import { Holdings } from "#core/files/holdings.ts";
import { Named } from "#core/files/named.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { Identity } from "#core/identity/identity.ts";
import { People } from "#core/people/people.ts";
import { Self } from "#core/self/self.ts";
import { LocalSettings } from "#core/settings/local-settings.ts";
import { HybridClock } from "#core/spaces/hybrid-clock.ts";
import { Spaces } from "#core/spaces/spaces.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import type { DataFolder } from "#core/storage/data-folder.ts";
import type { Stores } from "#core/stores.ts";
import { arriving, lastTime, removedContacts } from "#core/whom-to-meet.ts";

export interface FeatureOptions {
  readonly core: CoreOptions;
  readonly folder: DataFolder;
  readonly stores: Stores;
  readonly grants: Grants;
  readonly identity: Identity;
}

export type Ground = Awaited<ReturnType<typeof openGround>>;

/** What every feature stands on: spaces, the self space, and what is known on this computer. */
export async function openGround(options: FeatureOptions, closers: Closers) {
  const { core, stores, identity } = options;
  const { clock, logger } = core;
  const { logs, local, index } = stores;
  const me = identity.person;

  const time = new HybridClock(clock);
  time.observe([lastTime(stores), 0]);
  const admitted = new AdmittedLogs(local);
  const writers = new CollectionWriters(index);
  const spaces = closers.add(
    new Spaces({
      store: logs,
      admitted,
      identity,
      time,
      logger,
      writers: writers.question,
    }),
  );
  const self = await Self.open(spaces, identity, time);
  const people = new People(me, self.state, index, writers.nameOf);
  const settings = new LocalSettings(local);

  const named = new Named(index);
  const holdings = new Holdings(local);
  const hasher = closers.add(new Hasher(undefined, clock));
  const copies = new Copies(local);
  const marks = new ReadMarks(local, index);
  const drafts = new Drafts(local, clock);
  const encounters = new Encounters(local);
  const reader = new FeedReader({
    index,
    me,
    people,
    copies,
    isHere: (root) => holdings.has(root),
    isKeeper: (person) => {
      const keeper = self.state.peek().keepers.get(person);
      return keeper !== undefined && keeper.mode !== "stopped";
    },
    hidden: () => removedContacts(self),
    arriving: () => arriving(spaces, me),
  });

  return {
    time,
    spaces,
    writers,
    self,
    people,
    settings,
    named,
    holdings,
    hasher,
    copies,
    marks,
    drafts,
    encounters,
    reader,
  };
}
