import * as v from "valibot";

/**
 * Branded ids. Each is a plain string on the wire and on disk; the brand keeps
 * one kind from standing in for another. This file is the only place where a
 * string becomes an id, and it does so by checking the string.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A person: the z-base-32 form of the 32-byte identity key (ID1). */
export type PersonId = Branded<"person">;
/** A device: the z-base-32 form of the 32-byte device key (ID2). */
export type DeviceId = Branded<"device">;
/** A space: the z-base-32 form of the BLAKE2b-256 of its charter (SP1). */
export type SpaceId = Branded<"space">;
/** A log: the z-base-32 form of its 32-byte Hypercore key. */
export type LogKey = Branded<"log">;
/** An entry: `<log key>.<block>.<position in the batch>` (EN2). */
export type EntryRef = Branded<"entry">;
/** File content: the z-base-32 form of the 32-byte root over its chunks (FI2). */
export type FileRoot = Branded<"file">;
/** An invite: the z-base-32 form of the 32-byte id derived from its seed (IN2). */
export type InviteId = Branded<"invite">;
/** What a blind keeper holds of one space: the z-base-32 form of a 32-byte id derived from its keep key (KE1). */
export type KeepId = Branded<"keep">;
/** A transfer on this computer; random, never sent. */
export type TransferId = Branded<"transfer">;
/** A file or folder the person picked, dropped or uploaded; known to the core by this id only. */
export type GrantId = Branded<"grant">;

/** 51 full characters and one that carries the last bit: each key has exactly one text. */
const KEY = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$/;
const ENTRY =
  /^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,5})$/;
const LOCAL = /^[a-z0-9]{8,64}$/;

function id<Name extends string>(name: Name, pattern: RegExp) {
  return v.pipe(
    v.string(),
    v.regex(pattern, `not a ${name} id`),
    v.transform((text) => text as Branded<Name>),
  );
}

export const personIdSchema = id("person", KEY);
export const deviceIdSchema = id("device", KEY);
export const spaceIdSchema = id("space", KEY);
export const logKeySchema = id("log", KEY);
export const entryRefSchema = id("entry", ENTRY);
export const fileRootSchema = id("file", KEY);
export const inviteIdSchema = id("invite", KEY);
export const keepIdSchema = id("keep", KEY);
export const transferIdSchema = id("transfer", LOCAL);
export const grantIdSchema = id("grant", LOCAL);

/** Names one entry by its place (EN2). */
export function entryRef(
  log: LogKey,
  block: number,
  position: number,
): EntryRef {
  return v.parse(entryRefSchema, `${log}.${block}.${position}`);
}

/** Splits a reference into log, block and position. */
export function entryPlace(ref: EntryRef): {
  readonly log: LogKey;
  readonly block: number;
  readonly position: number;
} {
  const [log, block, position] = ref.split(".");
  return {
    log: v.parse(logKeySchema, log),
    block: Number(block),
    position: Number(position),
  };
}
