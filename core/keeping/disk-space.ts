import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { DiskSpace } from "#core/core-port.ts";

/** The disks of this computer. A folder that is not there yet counts as the one it will lie in. */
export const systemDiskSpace: DiskSpace = {
  async look(folder) {
    for (let at = folder; ; at = dirname(at)) {
      try {
        const [{ dev }, { bavail, bsize }] = await Promise.all([
          stat(at),
          statfs(at),
        ]);
        return { disk: String(dev), free: bavail * bsize };
      } catch (error) {
        if (dirname(at) === at) throw error;
      }
    }
  },
};
