import * as v from "valibot";
import { keepIdSchema } from "#core/contract/ids.ts";
import type { KeepId } from "#core/contract/ids.ts";
import { blake2b, toText } from "./hash.ts";
import type { KeepKey } from "./meeting-keys.ts";
import type { Space } from "./space.ts";

/**
 * The keep key of a space (KE1): follows from its read key, and leads nowhere
 * back. Who has it finds those who hold the space and carries what they write,
 * sealed.
 */
export function keepKeyOf(readKey: Buffer): Buffer {
  return blake2b(32, [Buffer.from("commonplace/1/keep")], readKey);
}

/** The name of a keep key; says nothing of the space. */
export function keepIdOf(keepKey: Buffer): KeepId {
  const id = blake2b(32, [Buffer.from("commonplace/1/keep-id")], keepKey);
  return v.parse(keepIdSchema, toText(id));
}

/** Spaces that a keeper may hold blindly; what is between two people is theirs alone. */
export function isKeepable({ kind }: Pick<Space, "kind">): boolean {
  return kind === "feed" || kind === "collection";
}

const known = new WeakMap<Buffer, KeepKey>();

/** What a member of a space shows for it beside its own tag, so that keepers are met. */
export function keepKeyOfSpace({ readKey }: Pick<Space, "readKey">): KeepKey {
  const before = known.get(readKey);
  if (before !== undefined) return before;
  const keepKey = keepKeyOf(readKey);
  const key = {
    kind: "keep",
    id: keepIdOf(keepKey),
    readKey: keepKey,
  } as const;
  known.set(readKey, key);
  return key;
}
