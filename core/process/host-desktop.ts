import { dirname } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { Desktop } from "#core/core-port.ts";
import { isOpenable } from "#core/rpc/openable.ts";

/**
 * The desktop as the browser host has it: no dialogs, folders listed by the
 * page, and files opened where this computer shows anything at all.
 *
 * @param open opens a path in its own app; null on a computer without a screen
 */
export function createHostDesktop(
  open: ((path: string) => Promise<void>) | null,
): Desktop {
  /** @throws `no-other-app` */
  async function run(target: string, path: string): Promise<void> {
    const folder = dirname(path);
    if (open === null) throw new CoreError("no-other-app", { folder });
    try {
      await open(target);
    } catch (error) {
      throw new CoreError("no-other-app", { folder }, error);
    }
  }
  return {
    canListFolders: true,
    pick: () => Promise.resolve(null),
    open: (path) => run(isOpenable(path) ? path : dirname(path), path),
    show: (path) => run(dirname(path), path),
  };
}
