import type { Closers } from "#core/base/resource.ts";
import { Availability } from "#core/availability/availability.ts";
import { CollectionIndex } from "#core/listing/collection-index.ts";
import { Collections } from "#core/collections/collections.ts";
import { createListing } from "#core/collections/copies-listing.ts";
import { ContentStore } from "#core/fetching/content-store.ts";
import { createBulkParts } from "#core/exchange/bulk-session.ts";
import { joinRemotes } from "#core/exchange/exchange-join.ts";
import { createStreamRoom } from "#core/keeping/stream-room.ts";
import { CurrentFiles } from "#core/keepers/current-files.ts";
import type { Keepers } from "#core/keepers/keepers.ts";
import { ReadGiven } from "#core/keepers/read-given.ts";
import { ReadKeeping } from "#core/keepers/read-keeping.ts";
import { SealedGiving } from "#core/keepers/sealed-giving.ts";
import { anyOf } from "#core/base/state.ts";
import { createExchange } from "#core/exchange/exchange.ts";
import { Fetcher } from "#core/fetching/fetch.ts";
import { Fetchers } from "#core/fetching/fetchers.ts";
import { HoldingReader } from "#core/files/open-holding.ts";
import { limitExchange, limitReader } from "#core/exchange/rate-exchange.ts";
import { Prefetch } from "#core/fetching/prefetch.ts";
import { Mender } from "#core/mending/mender.ts";
import { Scrub } from "#core/mending/scrub.ts";
import { Looks } from "#core/looks/looks.ts";
import type { CollectionsOptions } from "#core/collections/collections-options.ts";
import type { FeatureOptions, Ground } from "#core/ground.ts";

/** What files and collections need of those who were built before them. */
export type FilesParts = Pick<
  CollectionsOptions,
  "keeping" | "feeds" | "addresses"
> & {
  readonly blocks: CollectionsOptions["folder"];
  readonly meet: CollectionsOptions["sessions"];
  readonly keepers: Keepers;
};

/** Builds all that moves, keeps and shows files, and the collections made of them. */
export function openFiles(
  { core, folder, stores, grants, identity }: FeatureOptions,
  ground: Ground,
  { keeping, feeds, addresses, blocks, meet, keepers }: FilesParts,
  closers: Closers,
) {
  const { clock, random, logger } = core;
  const { local, index } = stores;
  const me = identity.person;
  const { spaces, self, people, settings, encounters } = ground;
  const { named, holdings, hasher } = ground;

  const bytes = closers.add(new HoldingReader(holdings));
  const given = limitReader(bytes, keeping.traffic.up);
  const lines = createExchange({
    sessions: meet,
    naming: named,
    reader: given,
    logger,
    bulk: createBulkParts({ clock, random, logger }),
  });
  const exchange = limitExchange(
    joinRemotes(lines, keepers.remotes),
    keeping.traffic,
  );
  keepers.readFrom(bytes, lines);
  closers.add(
    new SealedGiving({
      given: keepers.given,
      named,
      reader: given,
      roomAt: (person) =>
        keepers.owner.roomAt(person, keepers.telling.heard(person)),
      targets: () => keepers.targets().filter(({ isBlind }) => isBlind),
      onGiven: () => {
        keepers.checks.soon();
      },
      changes: anyOf(
        keepers.changed,
        keepers.remotes,
        blocks.folded,
        holdings.changes,
        meet.live,
      ),
      clock,
      logger,
    }),
  );
  const fetchers = new Fetchers();
  const fetcher = closers.add(
    new Fetcher({
      exchange,
      naming: named,
      folder: folder.at("attachments", ".incoming"),
      clock,
      logger,
      fetchers,
      onWhole: (whole, fetched): Promise<void> =>
        content.takeWhole(whole, fetched),
    }),
  );
  const content = closers.add(
    new ContentStore({
      folder: folder.at("attachments"),
      holdings,
      named,
      hasher,
      exchange,
      fetcher,
      fetchers,
      bytes,
      takeRoom: createStreamRoom(
        keeping.room,
        folder.at("attachments", ".incoming"),
        clock,
      ),
      clock,
      random,
      onOpened: (whole, fetched) => collections.opened.take(whole, fetched),
    }),
  );
  const prefetch = closers.add(
    new Prefetch({
      index,
      holdings,
      content,
      logger,
      folded: blocks.folded,
      isOn: () => settings.keepForAll === null,
    }),
  );
  const availability = closers.add(
    new Availability({
      local,
      exchange,
      people,
      listing: createListing(new CollectionIndex(index), () =>
        collections.listed(),
      ),
      listOf: (root) => holdings.list(root),
      contentOf: (root) => named.find(root),
      spacesOf: (root) => named.spacesOf(root),
      seenAt: (person) => encounters.seenAt(person),
      mayCheck: () => !collections.isBusy && !settings.pausedAll,
      clock,
      random,
      logger,
    }),
  );
  const looks = closers.add(
    new Looks({
      index,
      local,
      spaces,
      holdings,
      exchange,
      content,
      clock,
      writers: ground.writers.question,
      folded: blocks.folded,
    }),
  );
  const collections: Collections = closers.add(
    new Collections({
      me,
      self,
      spaces,
      folder: blocks,
      index,
      local,
      named,
      holdings,
      hasher,
      exchange,
      fetchers,
      content,
      looks,
      availability,
      keeping,
      feeds,
      people,
      sessions: meet,
      settings,
      grants,
      writers: ground.writers,
      dataFolder: folder.path,
      versionsFolder: folder.at("versions"),
      desktop: core.desktop,
      addresses,
      clock,
      random,
      logger,
    }),
  );

  const readable = closers.add(
    new ReadKeeping({
      given: new ReadGiven(local),
      spaces,
      current: new CurrentFiles(index),
      holdings,
      content,
      roomFor: (person) => keepers.pledges.roomFor(person),
      room: keeping.room,
      folder: folder.at("attachments"),
      isHeld: (space) => self.state.peek().holds.has(space),
      follow: (link) => collections.follow(link, ""),
      unfollow: (space) => collections.unfollow(space),
      changes: anyOf(
        self.state,
        blocks.folded,
        holdings.removals,
        meet.live,
        keepers.kept.changed,
      ),
      clock,
      logger,
    }),
  );
  keepers.keepReadable(readable);

  const mender = closers.add(
    new Mender({
      holdings,
      reader: bytes,
      fetchKept: ({ root }, signal) => content.ensure(root, signal),
      fetchSaved: (damaged) => collections.damaged.fetchSaved(damaged),
      clock,
      logger,
    }),
  );
  closers.add(
    new Scrub({
      local,
      holdings,
      reader: bytes,
      mayRead: () => !collections.isBusy,
      clock,
      logger,
    }),
  );

  return { content, prefetch, availability, looks, collections, mender };
}
