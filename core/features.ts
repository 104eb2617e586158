import { Availability } from "#core/availability/availability.ts";
import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import { anyOf, createState } from "#core/base/state.ts";
import type { NetworkReach } from "#core/contract/models.ts";
import { OutageDrill } from "#core/drill/drill.ts";
import { CollectionFold } from "#core/listing/collection-fold.ts";
import { CollectionIndex } from "#core/listing/collection-index.ts";
import { Collections } from "#core/collections/collections.ts";
import { createIsHere } from "#core/listing/is-here.ts";
import { createListing } from "#core/collections/copies-listing.ts";
import { Contacts } from "#core/contacts/contacts.ts";
import { firstAddresses } from "#core/contacts/first-addresses.ts";
import { Helpers } from "#core/contacts/helpers.ts";
import { ParkedInvites } from "#core/contacts/parked-invites.ts";
import { TypedAddresses } from "#core/contacts/typed-addresses.ts";
import { Invites } from "#core/contacts/invites.ts";
import { FeedFold } from "#core/feeds/feed-fold.ts";
import { Feeds } from "#core/feeds/feeds.ts";
import { Outbox } from "#core/feeds/outbox.ts";
import { ContentStore } from "#core/files/content-store.ts";
import { createBulkParts } from "#core/files/bulk-session.ts";
import { createExchange } from "#core/files/exchange.ts";
import { Fetcher } from "#core/files/fetch.ts";
import { Fetchers } from "#core/files/fetchers.ts";
import { HoldingReader } from "#core/files/open-holding.ts";
import { limitExchange, limitReader } from "#core/files/rate-exchange.ts";
import { Keeping } from "#core/keeping/keeping.ts";
import { Prefetch } from "#core/files/prefetch.ts";
import { Mender } from "#core/mending/mender.ts";
import { Scrub } from "#core/mending/scrub.ts";
import { LookFold } from "#core/looks/look-fold.ts";
import { Looks } from "#core/looks/looks.ts";
import { Folder } from "#core/spaces/fold.ts";
import { Meet } from "#core/spaces/meet.ts";
import { openGround } from "#core/ground.ts";
import type { FeatureOptions } from "#core/ground.ts";
import {
  activeContacts,
  hasSomebodyToMeet,
  isOfRemoved,
  isOwnLog,
  peopleToDial,
} from "#core/whom-to-meet.ts";

export type Features = Awaited<ReturnType<typeof openFeatures>>;

/** Builds every feature of an unlocked app, in the order they need each other. */
export async function openFeatures(options: FeatureOptions) {
  const { core, folder, stores, grants, identity } = options;
  const { clock, random, logger, network } = core;
  const { logs, local, index } = stores;
  const me = identity.person;
  const closers = new Closers();

  const ground = await openGround(options, closers);
  const { time, spaces, self, people, settings, named, holdings } = ground;
  const { hasher, copies, marks, drafts, encounters, reader } = ground;

  const keeping = closers.add(
    new Keeping({
      local,
      settings,
      holdings,
      disks: core.disks,
      dataFolder: folder.path,
      notRecords: [folder.at("attachments"), folder.at("incoming")],
      clock,
      logger,
    }),
  );
  const feedFold = new FeedFold({
    index,
    named,
    onOffers: (offers) => {
      logger.background("offers", collections.onOffers(offers));
    },
  });
  const collectionFold = new CollectionFold({
    index,
    named,
    isHere: createIsHere(holdings, local),
    onWriters: (space) => spaces.reconsider(space),
    onFiles(space, paths) {
      collections.twoWay.flow.touch(space, paths);
    },
  });
  const blocks = closers.add(
    new Folder({
      spaces,
      index,
      clock,
      time,
      logger,
      foldings: [feedFold, collectionFold, new LookFold(index, named)],
    }),
  );
  const feeds = new Feeds({
    me,
    self,
    spaces,
    folder: blocks,
    index,
    reader,
    people,
    random,
  });
  const outbox = new Outbox({
    local,
    clock,
    random,
    logger,
    write: (post) => feeds.writePost(post),
  });
  closers.add(outbox);

  const addresses = () =>
    self.state.peek().settings.sendHints ? network.addresses.peek() : [];
  const drill = closers.add(new OutageDrill(clock));
  /** How far to go: as chosen, and no further than this network while an outage is tried out. */
  const reach = (): NetworkReach => {
    const chosen = self.state.peek().settings.network;
    return chosen === "everywhere" && drill.until.peek() !== null
      ? "this-network"
      : chosen;
  };
  const helpers = new Helpers();
  /** Invites under way count too: the hints of a link need the network awake. */
  let waking = 0;
  const isActive = (): boolean =>
    self.state.peek().settings.network !== "nobody" &&
    (waking > 0 || hasSomebodyToMeet(self, invites, me));
  const meet = closers.add(
    new Meet({
      network,
      spaces,
      identity,
      clock,
      random,
      logger,
      barrier: logs.barrier,
      inviteKeys: () => invites.keys(),
      wantedAddresses: () => [
        ...typed.all(),
        ...invites.hints(),
        ...peopleToDial(self).flatMap((it) => encounters.addressesOf(it)),
      ],
      isActive,
      reach: () => (reach() === "everywhere" ? "everywhere" : "this-network"),
      helping: () => {
        const { useHelpers, beHelper } = self.state.peek().settings;
        return {
          helpers: useHelpers ? helpers.keys() : [],
          isHelper: beHelper && activeContacts(self).length > 0,
        };
      },
      onHave: (person, log, length) => {
        if (isOwnLog(spaces, me, log)) copies.note(log, person, length);
      },
    }),
  );
  const typed = new TypedAddresses({
    sessions: meet,
    clock,
    onChange: () => {
      meet.refresh();
    },
  });
  const contacts = new Contacts({
    me,
    self,
    spaces,
    sessions: meet,
    encounters,
    clock,
    random,
    logger,
    ownName: () => people.ownName(me),
    addresses,
    helpers,
    helperKey: network.helperKey ?? createState(null),
    onHelpers: () => {
      meet.refresh();
    },
    newChapter: () => feeds.newChapter("contacts"),
    onRemoved: async () => {
      await feeds.repeatProfile();
      await collections.repeatOffers("contacts");
    },
  });
  const invites = new Invites({
    me,
    self,
    spaces,
    people,
    contacts,
    clock,
    random,
    openFeed: () => feeds.current("link"),
    whileAwake: async (work) => {
      waking++;
      meet.refresh();
      try {
        return await work(await firstAddresses(network.addresses, clock));
      } finally {
        waking--;
        meet.refresh();
      }
    },
    followCollection: async (link, title, hints) => {
      const { founder } = link.charter;
      // Contacts say themselves where they are; a link is an older word.
      if (encounters.addressesOf(founder).length === 0)
        encounters.noteAddresses(founder, hints);
      await collections.follow(link, title);
    },
  });

  const { parking } = network;
  const parked =
    parking === undefined
      ? null
      : closers.add(
          new ParkedInvites({
            parking,
            identity,
            self,
            contacts,
            keys: () => invites.keys(),
            ownName: () => people.ownName(me),
            mayPark: () => isActive() && reach() === "everywhere",
            online: network.online,
            clock,
            random,
            logger,
          }),
        );

  const bytes = closers.add(new HoldingReader(holdings));
  const direct = createExchange({
    sessions: meet,
    naming: named,
    reader: limitReader(bytes, keeping.traffic.up),
    logger,
    bulk: createBulkParts({ clock, random, logger }),
  });
  const exchange = limitExchange(direct, keeping.traffic);
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
      clock,
      random,
    }),
  );
  const prefetch = closers.add(
    new Prefetch({ index, holdings, content, logger, folded: blocks.folded }),
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
      versionsFolder: folder.at("versions"),
      desktop: core.desktop,
      addresses,
      clock,
      random,
      logger,
    }),
  );

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

  /** Holds what this person holds and goes to work. A name makes the feeds of a new person. */
  async function start(name: string | null): Promise<void> {
    const { feeds: own, holds } = self.state.peek();
    for (const link of [...own, ...holds.values()])
      if (!isOfRemoved(self, link.charter.founder)) await spaces.hold(link);
    blocks.start();
    // A start that was cut short is made up for at the next one.
    if (own.length < 2) await feeds.createBoth(name ?? people.ownName(me));
    await contacts.start();
    await outbox.start();
    await content.start();
    prefetch.start();
    await collections.start();
    looks.start();
    mender.start();
    meet.start();
    parked?.start();
    const end = anyOf(self.state, drill.until).subscribe(() => {
      meet.refresh();
    });
    closers.addTask(end);
  }

  const resource: Resource = { close: () => closers.close() };
  return {
    ...resource,
    start,
    me,
    identity,
    self,
    spaces,
    people,
    settings,
    holdings,
    copies,
    marks,
    drafts,
    encounters,
    reader,
    blocks,
    feeds,
    outbox,
    meet,
    contacts,
    invites,
    content,
    looks,
    availability,
    collections,
    isActive,
    reach,
    drill,
    typed,
    helpers,
    keeping,
  };
}
