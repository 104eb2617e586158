import type { CollectionRow } from "#core/contract/collection-models.ts";
import type {
  Drill,
  DrillCollection,
} from "#core/contract/connection-models.ts";
import type { Contact } from "#core/contract/contact-models.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";

export interface DrillFacts {
  readonly until: Time | null;
  readonly contacts: readonly Contact[];
  /** People whose feeds are longer than what is here. */
  readonly arriving: ReadonlySet<PersonId>;
  readonly collections: readonly CollectionRow[];
}

/** What works in an outage and what does not, from how things stand now. */
export function reportDrill(facts: DrillFacts): Drill {
  const { until, contacts, arriving, collections } = facts;
  if (until === null) return { stage: "off" };
  const isWhole = (row: CollectionRow): boolean =>
    row.mine || (row.files > 0 && row.filesHere >= row.files);
  const labels = contacts.map((contact) => ({
    person: contact.person,
    name: contact.name,
    picture: contact.picture,
    isMe: contact.isMe,
    way: contact.presence.stage === "connected" ? contact.presence.way : null,
  }));
  const part = collections.filter((row) => !isWhole(row));
  return {
    stage: "on",
    until,
    reachable: labels.filter(({ way }) => way !== null),
    unreachable: labels.filter(({ way }) => way === null),
    wholeFeeds: labels.filter(({ person }) => !arriving.has(person)),
    partFeeds: labels.filter(({ person }) => arriving.has(person)),
    wholeCollections: collections.filter(isWhole).map(extentOf),
    partCollections: part.map(extentOf),
  };
}

function extentOf(row: CollectionRow): DrillCollection {
  const { collection, title, files, filesHere } = row;
  return { collection, title, files, filesHere };
}
