import type { CoreOptions } from "#core/core-port.ts";
import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import { CollectionFold } from "#core/collections/collection-fold.ts";
import { Collections } from "#core/collections/collections.ts";
import { Contacts } from "#core/contacts/contacts.ts";
import { Encounters } from "#core/contacts/encounters.ts";
import { firstAddresses } from "#core/contacts/first-addresses.ts";
import { Invites } from "#core/contacts/invites.ts";
import { Copies } from "#core/feeds/copies.ts";
import { Drafts } from "#core/feeds/drafts.ts";
import { FeedFold } from "#core/feeds/feed-fold.ts";
import { FeedReader } from "#core/feeds/feed-reader.ts";
import { Feeds } from "#core/feeds/feeds.ts";
import { Outbox } from "#core/feeds/outbox.ts";
import { ReadMarks } from "#core/feeds/read-marks.ts";
import { ContentStore } from "#core/files/content-store.ts";
import { createExchange } from "#core/files/exchange.ts";
import { Fetcher } from "#core/files/fetch.ts";
import { Hasher } from "#core/files/hasher.ts";
import { Holdings } from "#core/files/holdings.ts";
import { HoldingReader } from "#core/files/open-holding.ts";
import { Named } from "#core/files/named.ts";
import { Prefetch } from "#core/files/prefetch.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { Identity } from "#core/identity/identity.ts";
import { People } from "#core/people/people.ts";
import { Self } from "#core/self/self.ts";
import { LocalSettings } from "#core/settings/local-settings.ts";
import { Folder } from "#core/spaces/fold.ts";
import { HybridClock } from "#core/spaces/hybrid-clock.ts";
import { Meet } from "#core/spaces/meet.ts";
import { Spaces } from "#core/spaces/spaces.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import type { DataFolder } from "#core/storage/data-folder.ts";
import type { Stores } from "#core/stores.ts";
import {
  arriving,
  hasSomebodyToMeet,
  isOfRemoved,
  isOwnLog,
  lastTime,
  peopleToDial,
  removedContacts,
} from "#core/whom-to-meet.ts";

export interface FeatureOptions {
  readonly core: CoreOptions;
  readonly folder: DataFolder;
  readonly stores: Stores;
  readonly grants: Grants;
  readonly identity: Identity;
}

export type Features = Awaited<ReturnType<typeof openFeatures>>;

/** Builds every feature of an unlocked app, in the order they need each other. */
export async function openFeatures(options: FeatureOptions) {
  const { core, folder, stores, grants, identity } = options;
  const { clock, random, logger, network } = core;
  const { logs, local, index } = stores;
  const me = identity.person;
  const closers = new Closers();

  const time = new HybridClock(clock);
  time.observe([lastTime(stores), 0]);
  const admitted = new AdmittedLogs(local);
  const spaces = closers.add(
    new Spaces({ store: logs, admitted, identity, time, logger }),
  );
  const self = await Self.open(spaces, identity, time);
  const people = new People(me, self.state, index);
  const settings = new LocalSettings(local);

  const named = new Named(index);
  const holdings = new Holdings(local);
  const hasher = closers.add(new Hasher());
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
    hidden: () => removedContacts(self),
    arriving: () => arriving(spaces, me),
  });

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
    isHere: (root) => holdings.has(root),
  });
  const blocks = closers.add(
    new Folder({
      spaces,
      index,
      clock,
      time,
      logger,
      foldings: [feedFold, collectionFold],
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
  closers.addTask(() => outbox.flush());

  const addresses = () =>
    self.state.peek().settings.sendHints ? network.addresses.peek() : [];
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
        ...invites.hints(),
        ...peopleToDial(self).flatMap((it) => encounters.addressesOf(it)),
      ],
      isActive,
      onHave: (person, log, length) => {
        if (isOwnLog(spaces, me, log)) copies.note(log, person, length);
      },
    }),
  );
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
    wakeForHints: async () => {
      waking++;
      meet.refresh();
      try {
        return await firstAddresses(network.addresses, clock);
      } finally {
        waking--;
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

  const bytes = closers.add(new HoldingReader(holdings));
  const exchange = createExchange({
    sessions: meet,
    naming: named,
    reader: bytes,
    logger,
  });
  const fetcher = closers.add(
    new Fetcher({
      exchange,
      naming: named,
      folder: folder.at("attachments", ".incoming"),
      clock,
      logger,
    }),
  );
  const content = new ContentStore({
    folder: folder.at("attachments"),
    holdings,
    named,
    hasher,
    exchange,
    fetcher,
    bytes,
    random,
  });
  const prefetch = closers.add(
    new Prefetch({ index, holdings, content, logger, folded: blocks.folded }),
  );
  const collections = closers.add(
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
      feeds,
      people,
      sessions: meet,
      settings,
      grants,
      desktop: core.desktop,
      addresses,
      clock,
      random,
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
    prefetch.start();
    await collections.start();
    meet.start();
    const end = self.state.subscribe(() => {
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
    collections,
    isActive,
  };
}
