import { basename } from "node:path";
import { derived } from "#core/base/derived.ts";
import { anyOf } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { contactViews } from "#core/contact-views.ts";
import type { CoreOptions } from "#core/core-port.ts";
import { keepersView } from "#core/keepers-view.ts";
import { reportDrill } from "#core/drill-report.ts";
import type { Features } from "#core/features.ts";
import { arriving } from "#core/whom-to-meet.ts";
import type { StateSources } from "#core/rpc/handlers.ts";

export type FeatureStates = Omit<StateSources, "app">;

/** What the interface can watch of an unlocked app, from the features. */
export function featureStates(
  features: Features,
  { network, clock }: CoreOptions,
): FeatureStates {
  const { blocks, self, people, reader, meet, contacts, invites } = features;
  const { collections, copies, marks, settings, holdings, spaces } = features;
  const { keeping, keepers } = features;
  const { me, availability, drill } = features;
  const { contactOf, knownContacts, networkState } = contactViews(
    features,
    network,
  );
  const named = anyOf(blocks.folded, self.state);
  const posts = anyOf(
    named,
    copies.changed,
    marks.changed,
    holdings.changes,
    spaces.changed,
  );
  const lines = anyOf(meet.live, contacts.changed);
  const rooms = anyOf(
    collections.changed,
    settings.changed,
    keeping.room.changed,
  );

  return {
    me: () =>
      derived(named, () => ({
        ...people.label(me),
        about: people.profile(me)?.about ?? "",
      })),
    network: () =>
      derived(
        anyOf(
          lines,
          named,
          network.online,
          network.addresses,
          network.nearby ?? anyOf(),
        ),
        networkState,
      ),
    drill: () =>
      derived(anyOf(drill.until, lines, named, collections.changed), () =>
        reportDrill({
          until: drill.until.peek(),
          contacts: knownContacts(),
          arriving: new Set(arriving(spaces, me)),
          collections: collections.list(),
        }),
      ),
    settings: () =>
      derived(anyOf(self.state, settings.changed), () => ({
        ...self.state.peek().settings,
        pausedAll: settings.pausedAll,
        limits: settings.limits,
        room: settings.room,
        downloadFolder:
          settings.downloadFolder === null
            ? null
            : basename(settings.downloadFolder),
      })),
    feed: ({ filter, first, count }) =>
      derived(posts, () => reader.feed(filter, first, count)),
    held: () => features.outbox.held,
    thread: ({ post }) => derived(posts, () => reader.thread(post)),
    contacts: () => derived(anyOf(named, lines), knownContacts),
    keepers: () =>
      derived(anyOf(named, lines, keepers.changed, settings.changed), () =>
        keepersView(features, contactOf),
      ),
    invites: () =>
      derived(anyOf(self.state, contacts.changed, minutes(clock)), () =>
        invites.state(),
      ),
    person: ({ person, first, count }) =>
      derived(anyOf(posts, lines, collections.changed), () => ({
        label: people.label(person),
        about: people.profile(person)?.about ?? "",
        contact: contactOf(person),
        posts: reader.postsOf(person, first, count),
        collections: collections
          .list()
          .filter(({ owner }) => owner.person === person),
      })),
    collections: () => derived(collections.changed, () => collections.list()),
    collection: (params) =>
      derived(collections.changed, () => collections.page(params)),
    removedFiles: ({ collection, first, count }) =>
      derived(collections.changed, () =>
        collections.upkeep.removed.rows(collection, first, count),
      ),
    copies: ({ collection, path }) =>
      derived(anyOf(collections.changed, availability.changed, lines), () =>
        availability.copies(collection, path),
      ),
    sharePreview: (params) => collections.ownFolders.preview(params),
    versions: ({ collection, path }) =>
      derived(collections.changed, () =>
        collections.twoWay.versions.view(collection, path),
      ),
    transfers: () =>
      derived(collections.changed, () => collections.transfers()),
    traffic: () =>
      derived(
        anyOf(keeping.traffic.changed, settings.changed),
        () => keeping.traffic.traffic,
      ),
    room: () => derived(rooms, () => collections.upkeep.room()),
    freeable: ({ first, count }) =>
      derived(rooms, () => collections.upkeep.freeable(first, count)),
    untoldFiles: () => features.looks.untold,
  };
}

/** A minute goes by: invites expire without anything else happening. */
function minutes(clock: {
  every(ms: number, task: () => void): () => void;
}): Signal {
  return { subscribe: (listener) => clock.every(60_000, listener) };
}
