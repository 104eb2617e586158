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
  async function run(path: string): Promise<void> {
    if (open === null) throw new CoreError("not-found", { what: "desktop" });
    try {
      await open(path);
    } catch (error) {
      throw new CoreError("not-found", { what: "desktop" }, error);
    }
  }
  return {
    canListFolders: true,
    pick: () => Promise.resolve(null),
    open: (path) => run(isOpenable(path) ? path : dirname(path)),
    show: (path) => run(dirname(path)),
  };
}
