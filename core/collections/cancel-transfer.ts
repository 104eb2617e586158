import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import type { Upkeep } from "#core/upkeep/upkeep.ts";
import type { CollectionParts } from "./collection-parts.ts";
import { onTheList } from "./on-the-list.ts";

/**
 * Stops a transfer; for a moment it can be taken up where it was. A folder that
 * was being shared for the first time is no collection then, and that is not undone.
 * @throws `not-found`
 */
export async function cancelTransfer(
  { transfers, undos, views }: CollectionParts,
  upkeep: Upkeep,
  { transfer }: MethodInput<"cancelTransfer">,
): Promise<MethodOutput<"cancelTransfer">> {
  const known = transfers.open().find((it) => it.transfer === transfer);
  if (known === undefined || known.isFirst) {
    await transfers.cancel(transfer);
    return { undo: null };
  }
  // A rule that stands would begin it anew at once.
  const restoreRule =
    known.reason === "rule" ? upkeep.endRule(known.space) : null;
  await transfers.cancel(transfer, { mayReturn: true });
  return {
    undo: undos.add(async () => {
      onTheList(views, known.space);
      transfers.takeUp(transfer);
      await restoreRule?.();
    }),
  };
}
