import type { Contact } from "#core/contract/contact-models.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { NetworkState, PersonLabel, Way } from "#core/contract/models.ts";
import type { Features } from "#core/features.ts";
import type { Network, Transport } from "#core/network/port.ts";

const WAYS: Readonly<Record<Transport, Way>> = {
  memory: "network",
  tcp: "network",
  internet: "direct",
  helper: "helper",
};
const BEST_FIRST: readonly Way[] = ["network", "direct", "helper"];

/** Contacts and the network as they are shown, put together from several features. */
export function contactViews(
  features: Pick<
    Features,
    | "self"
    | "people"
    | "contacts"
    | "encounters"
    | "helpers"
    | "reader"
    | "reach"
    | "isActive"
  >,
  network: Network,
) {
  const { self, people, contacts, encounters, helpers, reader } = features;

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
      nearby: network.nearby?.peek() ?? 0,
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

  return { contactOf, knownContacts, networkState };
}
