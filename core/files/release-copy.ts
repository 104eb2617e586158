import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FileRoot } from "#core/contract/ids.ts";
import type { Holdings } from "./holdings.ts";

/** Lets a copy of the app's own go that nothing needs any more; what people have in folders stays. */
export async function releaseCopy(
  holdings: Pick<Holdings, "at" | "remove">,
  folder: string,
  root: FileRoot,
): Promise<void> {
  const path = join(folder, root);
  if (holdings.at(path) === null) return;
  holdings.remove(path);
  await rm(path, { force: true });
}
