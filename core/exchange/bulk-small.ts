import { parse } from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { ServedSmall } from "./bulk-messages.ts";
import type { Whole } from "#core/files/read-whole.ts";

/** Content in one chunk that is to be sent as the answer to an id. */
export interface Small {
  readonly id: number;
  readonly file: Whole;
}

/** What an order for a thread says; see `ServedSmall`. */
export function readSmall(files: string): readonly Small[] {
  const list: unknown = JSON.parse(files);
  if (!Array.isArray(list) || !list.every(isSmall))
    throw new Error("an order of ours that is none");
  return list.map(([id, absolutePath, root, size, mtimeMs]) => ({
    id,
    file: { absolutePath, root: parse(fileRootSchema, root), size, mtimeMs },
  }));
}

/** It comes from this very program: that it is one says enough. */
function isSmall(value: unknown): value is ServedSmall {
  return Array.isArray(value);
}
