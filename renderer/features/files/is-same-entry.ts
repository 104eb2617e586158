import type { CollectionItem } from "#core/contract/collection-models.ts";

/**
 * Whether what stands for a file is to be drawn as before. Windows of a list
 * come whole: the same file in the next one is another object with the same in it.
 */
export function isSameEntry<
  Props extends { readonly item: CollectionItem | undefined },
>(before: Props, after: Props): boolean {
  for (const name in after)
    if (name !== "item" && !Object.is(before[name], after[name])) return false;
  return (
    before.item === after.item ||
    JSON.stringify(before.item) === JSON.stringify(after.item)
  );
}
