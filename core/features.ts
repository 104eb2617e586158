import { Closers } from "#core/base/resource.ts";
import type { Resource } from "#core/base/resource.ts";
import { anyOf } from "#core/base/state.ts";
import { CollectionFold } from "#core/listing/collection-fold.ts";
import type { Collections } from "#core/collections/collections.ts";
import { createIsHere } from "#core/listing/is-here.ts";
import { FeedFold } from "#core/feeds/feed-fold.ts";
import { Feeds } from "#core/feeds/feeds.ts";
import { Outbox } from "#core/feeds/outbox.ts";
import { Keeping } from "#core/keeping/keeping.ts";
import { LookFold } from "#core/looks/look-fold.ts";
import { Folder } from "#core/spaces/fold.ts";
import { openGround } from "#core/ground.ts";
import type { FeatureOptions } from "#core/ground.ts";
import { isOfRemoved } from "#core/whom-to-meet.ts";
import { openMeeting } from "#core/meeting.ts";
import { openFiles } from "#core/file-features.ts";

export type Features = Awaited<ReturnType<typeof openFeatures>>;

/** Builds every feature of an unlocked app, in the order they need each other. */
export async function openFeatures(options: FeatureOptions) {
  const { core, folder, stores, identity } = options;
  const { clock, random, logger } = core;
  const { local, index } = stores;
  const me = identity.person;
  const closers = new Closers();

  const ground = await openGround(options, closers);
  const { time, spaces, self, people, settings, reader } = ground;
  const { named, holdings } = ground;

  const keeping = closers.add(
    new Keeping({
      local,
      settings,
      holdings,
      disks: core.disks,
      dataFolder: folder.path,
      notRecords: [
        folder.at("attachments"),
        folder.at("incoming"),
        folder.at("versions"),
      ],
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
    lookUp: (roots) => {
      holdings.lookUp(roots);
    },
    onWriters: (space) => spaces.reconsider(space),
    onFiles(space, paths) {
      collections.noted(space, paths);
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

  const meeting = openMeeting(
    options,
    ground,
    { feeds, collections: () => collections },
    closers,
  );
  const { addresses, meet, contacts, keepers, parked, drill } = meeting;
  const files = openFiles(
    options,
    ground,
    { keeping, feeds, addresses, blocks, meet, keepers },
    closers,
  );
  const { content, prefetch, looks, mender } = files;
  const collections: Collections = files.collections;

  /** Holds what this person holds and goes to work. A name makes the feeds of a new person. */
  async function start(name: string | null): Promise<void> {
    const { feeds: own, holds } = self.state.peek();
    for (const link of [...own, ...holds.values()])
      if (!isOfRemoved(self, link.charter.founder)) await spaces.hold(link);
    blocks.start();
    // A start that was cut short is made up for at the next one.
    if (own.length < 2) await feeds.createBoth(name ?? people.ownName(me));
    await contacts.start();
    await keepers.start();
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
    ...ground,
    ...meeting,
    ...files,
    blocks,
    feeds,
    outbox,
    keeping,
  };
}
