import type { CoreOptions } from "#core/core-port.ts";
import { openDataFolder } from "#core/storage/data-folder.ts";
import { passDoor } from "#core/storage/door.ts";
import { openStores } from "#core/stores.ts";

export type OpenedData = Awaited<ReturnType<typeof openData>>;

/**
 * Opens everything on disk but the vault, while nobody else does.
 * @throws `store-busy`, `store-moved`, `store-damaged`, `store-newer`, `disk-full`
 */
export async function openData({
  dataFolder,
  clock,
}: Pick<CoreOptions, "dataFolder" | "clock">) {
  const leave = await passDoor(dataFolder, clock);
  try {
    const folder = await openDataFolder(dataFolder);
    return { folder, stores: await openStores(folder) };
  } finally {
    leave();
  }
}
