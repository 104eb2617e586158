import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { CollectionViews } from "./collection-views.ts";

/** The collection on the list. @throws `not-found` */
export function onTheList(
  views: Pick<CollectionViews, "listed">,
  collection: SpaceId,
): SpaceLink {
  const link = views.listed().get(collection);
  if (link === undefined)
    throw new CoreError("not-found", { what: "collection" });
  return link;
}
