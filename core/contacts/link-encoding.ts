import { isIPv4, isIPv6, SocketAddress } from "node:net";
import * as c from "compact-encoding";
import * as v from "valibot";
import z32 from "z32";
import { personIdSchema, type PersonId } from "#core/contract/ids.ts";
import {
  INVITE_MESSAGE_CHARACTERS,
  NAME_CHARACTERS,
} from "#core/contract/limits.ts";
import type { Time } from "#core/contract/models.ts";
import type { Address } from "#core/network/port.ts";

/** Addresses in one link: a computer with two networks, each in both families, and room to spare. */
const HINTS_MOST = 8;

/** One link that makes two people contacts (IN1). */
export interface InviteLink {
  readonly kind: "invite";
  /** Who made the invite; its name as they wrote it. */
  readonly person: PersonId;
  readonly name: string;
  readonly message: string;
  /** Made by a machine that stays on and keeps for others (KE6). */
  readonly isKeeper: boolean;
  /** 16 random bytes, from which `inviteKeys` derives the rest (IN2). */
  readonly seed: Buffer;
  /** Kept to the second, rounded down. */
  readonly expiresAt: Time;
  /** The inviter's open feed, readable by whoever has the link (IN5): nonce of its charter, 16 bytes; read key, 32. */
  readonly feed: { readonly nonce: Buffer; readonly readKey: Buffer };
  /** Where the inviter could be reached when the link was made. */
  readonly hints: readonly Address[];
}

/** One link that lets its holder read a collection (SP8). */
export interface CollectionLink {
  readonly kind: "collection";
  readonly founder: PersonId;
  /** Nonce of the charter, 16 bytes. */
  readonly nonce: Buffer;
  readonly policy: "closed";
  /** 32 bytes. */
  readonly readKey: Buffer;
  /** What the page shows before the collection is here; a long title is cut. */
  readonly title: string;
  readonly hints: readonly Address[];
}

/** `text` on one line or several, in at most `most` code points; done twice, it changes nothing more. */
function tidyText(text: string, most: number, unwanted: RegExp): string {
  const whole = Buffer.from(text).toString().replace(unwanted, " ").trim();
  return Array.from(whole).slice(0, most).join("").trimEnd();
}

/** Control characters, and those that turn the text around them. */
const UNWANTED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const UNWANTED_BUT_LINES = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function textOf(most: number, unwanted: RegExp): c.Encoder<string> {
  return {
    preencode(state, text) {
      c.utf8.preencode(state, tidyText(text, most, unwanted));
    },
    encode(state, text) {
      c.utf8.encode(state, tidyText(text, most, unwanted));
    },
    decode: (state) => c.utf8.decode(state),
  };
}

function bytesOf(size: number): c.Encoder<Buffer> {
  const fixed = c.fixed(size);
  return { ...fixed, decode: (state) => Buffer.from(fixed.decode(state)) };
}

const name = textOf(NAME_CHARACTERS, UNWANTED);
const message = textOf(INVITE_MESSAGE_CHARACTERS, UNWANTED_BUT_LINES);
const seed = bytesOf(16);
const nonce = bytesOf(16);
const readKey = bytesOf(32);

const person: c.Encoder<PersonId> = {
  preencode(state) {
    state.end += 32;
  },
  encode(state, id) {
    c.fixed32.encode(state, z32.decode(id));
  },
  decode: (state) =>
    v.parse(personIdSchema, z32.encode(c.fixed32.decode(state))),
};

/** Seconds since 1970 in four bytes: good until 2106. */
const seconds: c.Encoder<Time> = {
  preencode(state) {
    state.end += 4;
  },
  encode(state, time) {
    const whole = Math.floor(time / 1000);
    c.uint32.encode(state, Math.min(Math.max(whole, 0), 0xff_ff_ff_ff));
  },
  decode: (state) => c.uint32.decode(state) * 1000,
};

/**
 * An address in its one form; null for what nobody else could dial: a name, a
 * port of 0, an address with a zone, which means something on one machine only.
 */
function tidyAddress({ host, port }: Address): Address | null {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (isIPv4(host)) return { host, port };
  if (!isIPv6(host) || host.includes("%")) return null;
  const { address } = new SocketAddress({ address: host, family: "ipv6" });
  const mapped = address.startsWith("::ffff:") ? address.slice(7) : "";
  if (isIPv4(mapped)) return { host: mapped, port };
  return address.includes(".") ? null : { host: address, port };
}

function tidyHints(hints: readonly Address[]): Address[] {
  const tidy = hints.map(tidyAddress).filter((hint) => hint !== null);
  return tidy.slice(0, HINTS_MOST);
}

const addresses = c.array(c.ipAddress);
const hints: c.Encoder<readonly Address[]> = {
  preencode(state, list) {
    addresses.preencode(state, tidyHints(list));
  },
  encode(state, list) {
    addresses.encode(state, tidyHints(list));
  },
  decode: (state) => tidyHints(addresses.decode(state)),
};

export const inviteEncoding: c.Encoder<Omit<InviteLink, "isKeeper">> = {
  preencode(state, link) {
    person.preencode(state, link.person);
    seed.preencode(state, link.seed);
    seconds.preencode(state, link.expiresAt);
    nonce.preencode(state, link.feed.nonce);
    readKey.preencode(state, link.feed.readKey);
    name.preencode(state, link.name);
    message.preencode(state, link.message);
    hints.preencode(state, link.hints);
  },
  encode(state, link) {
    person.encode(state, link.person);
    seed.encode(state, link.seed);
    seconds.encode(state, link.expiresAt);
    nonce.encode(state, link.feed.nonce);
    readKey.encode(state, link.feed.readKey);
    name.encode(state, link.name);
    message.encode(state, link.message);
    hints.encode(state, link.hints);
  },
  // Fields are read in the order they stand here.
  decode: (state) => ({
    kind: "invite",
    person: person.decode(state),
    seed: seed.decode(state),
    expiresAt: seconds.decode(state),
    feed: { nonce: nonce.decode(state), readKey: readKey.decode(state) },
    name: name.decode(state),
    message: message.decode(state),
    hints: hints.decode(state),
  }),
};

export const collectionEncoding: c.Encoder<CollectionLink> = {
  preencode(state, link) {
    person.preencode(state, link.founder);
    nonce.preencode(state, link.nonce);
    readKey.preencode(state, link.readKey);
    name.preencode(state, link.title);
    hints.preencode(state, link.hints);
  },
  encode(state, link) {
    person.encode(state, link.founder);
    nonce.encode(state, link.nonce);
    readKey.encode(state, link.readKey);
    name.encode(state, link.title);
    hints.encode(state, link.hints);
  },
  decode: (state) => ({
    kind: "collection",
    policy: "closed",
    founder: person.decode(state),
    nonce: nonce.decode(state),
    readKey: readKey.decode(state),
    title: name.decode(state),
    hints: hints.decode(state),
  }),
};
