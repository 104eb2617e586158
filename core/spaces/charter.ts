import * as v from "valibot";
import { personIdSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import { blake2b, toBytes, toText } from "./hash.ts";

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const base = {
  v: v.literal(1),
  founder: personIdSchema,
  /** 16 random bytes, in hexadecimal. */
  nonce,
};

/** The birth certificate of a space (SP1, SP2). On disk and on the wire since 0.1. */
export const charterSchema = v.variant("kind", [
  v.strictObject({ ...base, kind: v.literal("self") }),
  v.strictObject({
    ...base,
    kind: v.literal("feed"),
    audience: v.picklist(["contacts", "link"]),
  }),
  v.strictObject({
    ...base,
    kind: v.literal("conversation"),
    members: v.pipe(
      v.array(personIdSchema),
      v.minLength(2),
      v.maxLength(1000),
      v.check((members) => isAscending(members), "members are in order"),
    ),
  }),
  v.strictObject({
    ...base,
    kind: v.literal("collection"),
    policy: v.literal("closed"),
  }),
]);

export type Charter = v.InferOutput<typeof charterSchema>;
export type SpaceKind = Charter["kind"];

/** What lets somebody read a space: its charter and its read key (SP8). */
export interface SpaceLink {
  readonly charter: Charter;
  /** 32 bytes. */
  readonly readKey: Buffer;
}

const KEY_TEXT = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/;

/** A space link inside an entry: the read key as z-base-32. */
export const spaceLinkSchema = v.strictObject({
  charter: charterSchema,
  readKey: v.pipe(
    v.string(),
    v.regex(KEY_TEXT),
    v.transform((text) => toBytes(text)),
  ),
});

export interface WrittenSpaceLink {
  readonly charter: Charter;
  readonly readKey: string;
}

/** A space link as it is written into an entry. */
export function writeSpaceLink(link: SpaceLink): WrittenSpaceLink {
  return { charter: link.charter, readKey: toText(link.readKey) };
}

/** Canonical JSON: keys in order, no blanks, so that every device hashes the same bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** The id of the space that a charter founds (SP1). */
export function spaceIdOf(charter: Charter): SpaceId {
  const bytes = Buffer.from(canonicalJson(charter));
  return v.parse(spaceIdSchema, toText(blake2b(32, [bytes])));
}

/** A nonce for a new charter. */
export function newNonce(random: Random): string {
  return random.bytes(16).toString("hex");
}

/** A new read key. */
export function newReadKey(random: Random): Buffer {
  return random.bytes(32);
}

/** The members of a conversation, in the order the charter wants. */
export function inOrder(people: readonly PersonId[]): PersonId[] {
  return [...new Set(people)].sort();
}

function isAscending(members: readonly string[]): boolean {
  return members.every((member, index) => {
    const before = members[index - 1];
    return before === undefined || before < member;
  });
}
