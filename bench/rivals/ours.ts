import { rename, rmdir } from "node:fs/promises";
import { join } from "node:path";
import {
  closePair,
  download,
  measured,
  openPair,
  share,
  TITLE,
  warmUp,
} from "../pair.ts";
import type { Rival } from "./rival.ts";

/** Two whole cores that have run for a little; from asking for the download until it is done, checked and synced. */
export const ours: Rival = {
  name: "Commonplace",
  needs: [],
  async copy({ source, target, scratch, files }) {
    const pair = await openPair(scratch);
    await warmUp(pair, scratch);
    await share(pair.sharer, source, files);
    const round = await measured(pair, () =>
      download(pair.reader, scratch, files),
    );
    await closePair(pair);
    await rmdir(target);
    await rename(join(scratch, TITLE), target);
    return { ms: round.ms, cpuSeconds: round.sharerCpu + round.readerCpu };
  },
};
