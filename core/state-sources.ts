import { basename } from "node:path";
import type { Contact } from "#core/contract/contact-models.ts";
import type { NetworkState, PersonLabel, Way } from "#core/contract/models.ts";
import type { Transport } from "#core/network/port.ts";
import type { PersonId } from "#core/contract/ids.ts";
import { derived } from "#core/base/derived.ts";
import { anyOf } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { CoreOptions } from "#core/core-port.ts";
import { reportDrill } from "#core/drill-report.ts";
import type { Features } from "#core/features.ts";
import { arriving } from "#core/whom-to-meet.ts";
import type { StateSources } from "#core/rpc/handlers.ts";

const WAYS: Readonly<Record<Transport, Way>> = {
  memory: "network",
  tcp: "network",
  internet: "direct",
  helper: "helper",
};
const BEST_FIRST: readonly Way[] = ["network", "direct", "helper"];

export type FeatureStates = Omit<StateSources, "app">;

/** What the interface can watch of an unlocked app, from the features. */
export function featureStates(
  features: Features,
  { network, clock }: CoreOptions,
): FeatureStates {
  const { blocks, self, people, reader, meet, contacts, invites } = features;
  const { collections, copies, marks, settings, holdings, spaces } = features;
  const { keeping } = features;
  const { me, encounters, availability, drill, helpers } = features;
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

  function contactOf(person: PersonId): Contact | null {
    const contact = self.state.peek().contacts.get(person);
    if (contact === undefined || contact.removed) return null;
    const way = wayTo(person);
    const seenAt = encounters.seenAt(person);
    return {
      ...people.label(person),
      ownName: people.ownName(person),
      nickname: contact.nickname,
      presence:
        way !== null
          ? { stage: "connected", way }
          : seenAt === null
            ? { stage: "unmet" }
            : { stage: "seen", at: seenAt },
      metAt: contact.metAt,
      lastPostAt: reader.lastPostAt(person),
    };
  }

  function knownContacts(): readonly Contact[] {
    return [...self.state.peek().contacts.keys()]
      .flatMap((person) => contactOf(person) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The best of the lines that stand; null when none does. */
  function wayTo(person: PersonId): Way | null {
    const ways = contacts
      .linesTo(person)
      .filter(({ session }) => session.answering.peek())
      .map(({ session }) => WAYS[session.line.transport]);
    return BEST_FIRST.find((way) => ways.includes(way)) ?? null;
  }

  /** The helper between us and a person, where its name is known. */
  function helperOf(person: PersonId): PersonLabel | null {
    for (const { session } of contacts.linesTo(person)) {
      const key = session.line.helper ?? null;
      const helper = key === null ? null : helpers.personOf(key);
      if (helper !== null) return people.label(helper);
    }
    return null;
  }

  function networkState(): NetworkState {
    const { contacts: known } = self.state.peek();
    const reach = features.reach();
    const active = [...known.values()]
      .filter(({ removed }) => !removed)
      .map(({ person }) => ({ ...people.label(person), way: wayTo(person) }));
    const connected = active.flatMap(({ way, ...person }) =>
      way === null
        ? []
        : [
            {
              ...person,
              way,
              helper: way === "helper" ? helperOf(person.person) : null,
            },
          ],
    );
    const leftOut =
      reach === "this-network"
        ? active
            .filter(
              ({ way, person }) =>
                way === null && encounters.seenAt(person) !== null,
            )
            .map(({ person }) => people.label(person))
        : [];
    return {
      reach,
      leftOut,
      helpers: active
        .filter(({ way, person }) => way !== null && helpers.has(person))
        .map(({ person }) => people.label(person)),
      stage:
        reach === "nobody"
          ? "paused"
          : !features.isActive()
            ? "quiet"
            : connected.length > 0
              ? "connected"
              : network.online.peek()
                ? "searching"
                : "offline",
      connected,
      addresses: network.addresses
        .peek()
        .map(({ host, port }) => `${host}:${String(port)}`),
    };
  }

  return {
    me: () =>
      derived(named, () => ({
        ...people.label(me),
        about: people.profile(me)?.about ?? "",
      })),
    network: () =>
      derived(
        anyOf(lines, named, network.online, network.addresses),
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
