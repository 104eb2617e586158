import { decodeLink, encodeLink } from "#core/contacts/link.ts";
import { blake2b } from "#core/spaces/hash.ts";
import z32 from "z32";

const PREFIX = "commonplace:";
const CHECKSUM_BYTES = 4;
const YEAR_2001_MS = 1_000_000_000_000;

/** The link with one character changed. */
export function damaged(link: string): string {
  const at = PREFIX.length + 20;
  const other = link[at] === "y" ? "b" : "y";
  return link.slice(0, at) + other + link.slice(at + 1);
}

/** The link as a version to come might write it: whole, and not for us. */
export function ofNewerVersion(link: string): string {
  const bytes = Buffer.from(z32.decode(link.slice(PREFIX.length)));
  const content = bytes.subarray(0, -CHECKSUM_BYTES);
  content[0] = 2;
  const checksum = blake2b(32, [content]).subarray(0, CHECKSUM_BYTES);
  return PREFIX + z32.encode(Buffer.concat([content, checksum]));
}

/** The same invite, with an end long ago. */
export function thatExpired(link: string): string {
  const invite = decodeLink(link);
  if (invite.kind !== "invite") throw new Error("not an invite");
  return encodeLink({ ...invite, expiresAt: YEAR_2001_MS });
}
