import { parse } from "valibot";
import { readOwnList } from "#core/base/own-list.ts";
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
  return readOwnList(files, isSmall).map(
    ([id, absolutePath, root, size, mtimeMs]) => ({
      id,
      file: { absolutePath, root: parse(fileRootSchema, root), size, mtimeMs },
    }),
  );
}

function isSmall(value: unknown): value is ServedSmall {
  return Array.isArray(value);
}
