import type { FileRoot } from "#core/contract/ids.ts";
import type { GrowingReader } from "#core/exchange/content-reader.ts";
import type { ContentFetch } from "./fetch-content.ts";

/** Reads from the fetches under way what others may have of them. */
export function createGrowingReader(
  underWay: () => Iterable<ContentFetch>,
): GrowingReader {
  function find(root: FileRoot) {
    for (const fetch of underWay())
      if (fetch.content.root === root && fetch.growing !== null)
        return fetch.growing;
    return null;
  }
  return {
    held: (root) => (find(root) === null ? "none" : "some"),
    list: (root) => Promise.resolve(find(root)?.list ?? null),
    chunk: async (root, index) => (await find(root)?.file.read(index)) ?? null,
    map: (root) => find(root)?.file.map ?? null,
  };
}
