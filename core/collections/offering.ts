import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import type { SeenOffer } from "#core/feeds/model.ts";
import type { Feeds } from "#core/feeds/feeds.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import type { Self } from "#core/self/self.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Database } from "#core/storage/database.ts";

/** Tells an audience of a collection of mine, or takes that back. */
export async function offerTo(
  { feeds, self }: { readonly feeds: Feeds; readonly self: Self },
  audience: ShareAudience,
  link: SpaceLink,
  title: string,
  isOffered: boolean,
): Promise<void> {
  if (audience.kind !== "chosen") {
    await feeds.offer(audience.kind, link, title, isOffered);
    return;
  }
  const { contacts } = self.state.peek();
  for (const person of audience.people) {
    const contact = contacts.get(person);
    if (contact === undefined || contact.removed) continue;
    const conversation = spaceIdOf(contact.conversation.charter);
    await feeds.offerIn(conversation, link, title, isOffered);
  }
}

export interface OfferingParts {
  readonly feeds: Feeds;
  readonly self: Self;
  readonly shared: SharedFolders;
}

/** Offers a collection of mine to people who may write in it: they must be able to read. */
export async function offerToWriters(
  parts: OfferingParts,
  space: SpaceId,
  people: readonly PersonId[],
): Promise<void> {
  const { shared, self } = parts;
  const folder = shared.get(space);
  const link = self.state.peek().holds.get(space);
  if (folder?.audience.kind !== "chosen" || link === undefined) return;
  const known = folder.audience.people;
  const more = people.filter((person) => !known.includes(person));
  if (more.length === 0) return;
  shared.setAudience(space, { kind: "chosen", people: [...known, ...more] });
  // Before the first offer there is nothing to add to: it will name them all.
  if (!folder.isOffered) return;
  await offerTo(
    parts,
    { kind: "chosen", people: more },
    link,
    folder.title,
    true,
  );
}

/** Collections that offers are about, each once, with a link that opens it. */
export function offeredLinks(
  seen: readonly SeenOffer[],
  me: PersonId,
): ReadonlyMap<SpaceId, SpaceLink> {
  const links = new Map<SpaceId, SpaceLink>();
  for (const { link, person } of seen) {
    const { charter } = link;
    // Nobody can offer a collection in another person's name.
    if (charter.kind !== "collection" || charter.founder !== person) continue;
    if (person !== me) links.set(spaceIdOf(charter), link);
  }
  return links;
}

/** Whether anybody's last word about this collection is that it is offered. */
export function isOffered(index: Database, collection: SpaceId): boolean {
  return (
    index.get(
      "SELECT 1 FROM offers WHERE collection = ? AND offered = 1",
      [collection],
      () => true,
    ) ?? false
  );
}
