import * as c from "compact-encoding";
import * as v from "valibot";
import z32 from "z32";
import { CoreError } from "#core/contract/errors.ts";
import { inviteIdSchema, type InviteId } from "#core/contract/ids.ts";
import { LINK_CHARACTERS } from "#core/contract/limits.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { blake2b } from "#core/spaces/hash.ts";
import {
  collectionEncoding,
  inviteEncoding,
  type CollectionLink,
  type InviteLink,
} from "./link-encoding.ts";

export type { CollectionLink, InviteLink };
export type Link = InviteLink | CollectionLink;

/**
 * A link is `commonplace:` and the z-base-32 of: version (1 byte), kind (1),
 * body, checksum (4). Every later version keeps the first and the last of
 * these, so that a newer link is told apart from a damaged one (IN1).
 */
const PREFIX = "commonplace:";
const VERSION = 1;
const KIND_INVITE = 1;
const KIND_COLLECTION = 2;
/** An invite of a keeper: the body of an invite. */
const KIND_KEEPER = 3;
const HEAD_BYTES = 2;
const CHECKSUM_BYTES = 4;

/** The text of a link, for the clipboard or a QR code. What is too long or cannot stand in a link is cut. */
export function encodeLink(link: Link): string {
  const body =
    link.kind === "invite"
      ? c.encode(inviteEncoding, link)
      : c.encode(collectionEncoding, link);
  const kind = kindOf(link);
  const content = Buffer.concat([Buffer.from([VERSION, kind]), body]);
  return PREFIX + z32.encode(Buffer.concat([content, checksum(content)]));
}

/**
 * Reads a link and does nothing else (IN6). Upper case, blanks and line breaks
 * from a QR code or a mail do not matter. Throws `invite-foreign` for other
 * text, `invite-damaged` when characters are missing or wrong, `invite-newer`.
 */
export function decodeLink(text: string): Link {
  // Room for blanks between the characters; past that it is something else.
  const short = text.length <= LINK_CHARACTERS * 2 ? text : "";
  const tidy = short.replace(/[\s\u200b\u2060\ufeff]+/gu, "").toLowerCase();
  if (!tidy.startsWith(PREFIX)) throw new CoreError("invite-foreign", {});
  // Browsers and desktops may hand a link on as if it were an address.
  const letters = tidy.slice(PREFIX.length).replace(/^\/\/|\/$/g, "");
  const bytes =
    PREFIX.length + letters.length > LINK_CHARACTERS ? null : read(letters);
  if (bytes === null || bytes.length < HEAD_BYTES + CHECKSUM_BYTES)
    throw new CoreError("invite-damaged", {});
  const content = bytes.subarray(0, -CHECKSUM_BYTES);
  if (!checksum(content).equals(bytes.subarray(-CHECKSUM_BYTES)))
    throw new CoreError("invite-damaged", {});
  const version = content[0] ?? 0;
  if (version > VERSION) throw new CoreError("invite-newer", { version });
  const link = decodeBody(content[1], content.subarray(HEAD_BYTES));
  // One link, one text: nothing left over, nothing out of bounds, nothing that
  // we would not have written ourselves.
  if (link === null || encodeLink(link) !== PREFIX + letters)
    throw new CoreError("invite-damaged", {});
  return link;
}

/**
 * What an invite's 16-byte seed stands for: the id by which both know it, and
 * the 32-byte read key of the tiny space on whose topic they meet (IN2).
 * 128 bits are beyond guessing, live a month at most, and keep the QR code coarse.
 */
export function inviteKeys(seed: Buffer): {
  readonly invite: InviteId;
  readonly readKey: Buffer;
} {
  return {
    invite: v.parse(inviteIdSchema, z32.encode(derive("invite-id", seed))),
    readKey: derive("invite-meeting", seed),
  };
}

/** The open feed that an invite lets its holder read (IN5). */
export function feedOf(link: InviteLink): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "feed",
      audience: "link",
      founder: link.person,
      nonce: link.feed.nonce.toString("hex"),
    },
    readKey: link.feed.readKey,
  };
}

/** The collection that a link lets its holder read (SP8). */
export function collectionOf(link: CollectionLink): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "collection",
      policy: link.policy,
      founder: link.founder,
      nonce: link.nonce.toString("hex"),
    },
    readKey: link.readKey,
  };
}

function derive(what: string, seed: Buffer): Buffer {
  return blake2b(32, [Buffer.from(`commonplace/1/${what}`)], seed);
}

function decodeBody(kind: number | undefined, body: Buffer): Link | null {
  try {
    if (kind === KIND_INVITE || kind === KIND_KEEPER)
      return {
        ...c.decode(inviteEncoding, body),
        isKeeper: kind === KIND_KEEPER,
      };
    if (kind === KIND_COLLECTION) return c.decode(collectionEncoding, body);
  } catch {
    // The checksum held, but whoever wrote this wrote no link.
  }
  return null;
}

function kindOf(link: Link): number {
  if (link.kind === "collection") return KIND_COLLECTION;
  return link.isKeeper ? KIND_KEEPER : KIND_INVITE;
}

function read(letters: string): Buffer | null {
  try {
    return Buffer.from(z32.decode(letters));
  } catch {
    return null;
  }
}

/** Tells a slip from another text; it is no proof of who wrote the link. */
function checksum(content: Buffer): Buffer {
  return blake2b(32, [content]).subarray(0, CHECKSUM_BYTES);
}
