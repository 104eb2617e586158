import type { Closers } from "#core/base/resource.ts";
import { createState } from "#core/base/state.ts";
import type { NetworkReach } from "#core/contract/models.ts";
import { OutageDrill } from "#core/drill/drill.ts";
import type { Collections } from "#core/collections/collections.ts";
import { Contacts } from "#core/contacts/contacts.ts";
import { firstAddresses } from "#core/contacts/first-addresses.ts";
import { Helpers } from "#core/contacts/helpers.ts";
import { ParkedInvites } from "#core/contacts/parked-invites.ts";
import { TypedAddresses } from "#core/contacts/typed-addresses.ts";
import { Invites } from "#core/contacts/invites.ts";
import type { Feeds } from "#core/feeds/feeds.ts";
import { CurrentFiles } from "#core/keepers/current-files.ts";
import { Keepers } from "#core/keepers/keepers.ts";
import { Meet } from "#core/spaces/meet.ts";
import { paceOf } from "#core/pace-of-meeting.ts";
import {
  activeContacts,
  hasSomebodyToMeet,
  isOwnLog,
  metAt,
  peopleToDial,
} from "#core/whom-to-meet.ts";
import type { FeatureOptions, Ground } from "#core/ground.ts";

/** What meeting tells others, when it comes to that. */
export interface MeetingParts {
  readonly feeds: Feeds;
  /** Built later: collections stand on whom one meets. */
  readonly collections: () => Pick<Collections, "follow" | "repeatOffers">;
}

/** Builds how this person meets others: whom they know, who may come, and how far to go. */
export function openMeeting(
  { core, folder, stores, identity }: FeatureOptions,
  ground: Ground,
  { feeds, collections }: MeetingParts,
  closers: Closers,
) {
  const { clock, random, logger, network } = core;
  const { logs, local } = stores;
  const me = identity.person;
  const { spaces, self, people, settings, copies, encounters, named } = ground;

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
      keepKeys: () => keepers.keys(),
      isKept: (keep) => keepers.kept.get(keep) !== null,
      wantedAddresses: () => [
        ...typed.all(),
        ...invites.hints(),
        ...peopleToDial(self).flatMap((it) => encounters.addressesOf(it)),
      ],
      isActive,
      paceOf: (space, sessions) =>
        paceOf(space, sessions, {
          me,
          metAt: (person) => metAt(self, person),
          seenAt: (person) => encounters.seenAt(person),
          now: clock.now(),
        }),
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
      await collections().repeatOffers("contacts");
    },
  });
  const keepers: Keepers = closers.add(
    new Keepers({
      self,
      settings,
      spaces,
      logs,
      sessions: meet,
      identity,
      local,
      folder: folder.at("kept"),
      named,
      current: new CurrentFiles(stores.index),
      random,
      claimed: (person, log) => copies.lengthOf(log, person),
      onShown: (person, log, length) => {
        if (isOwnLog(spaces, me, log)) copies.note(log, person, length);
      },
      clock,
      logger,
      onKeys: () => {
        meet.refresh();
      },
    }),
  );
  const invites = new Invites({
    me,
    settings,
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
      await collections().follow(link, title);
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

  return {
    addresses,
    reach,
    isActive,
    drill,
    helpers,
    meet,
    typed,
    contacts,
    keepers,
    invites,
    parked,
  };
}
