import type { Audience } from "#core/contract/feed-models.ts";

/** Who can read a post. */
export function audienceWords(audience: Audience): string {
  return audience === "contacts" ? "Contacts" : "Everyone with the link";
}
