import { link, mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  beginDownload,
  closePair,
  done,
  download,
  openPair,
  share,
} from "./pair.ts";
import { openPerson } from "./person.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile } from "./test-files.ts";

const BYTES = 512 * 1024 * 1024;

/** Killed at half, and started again; and content that is there already under another name. */
export async function measureResume(
  folder: string,
): Promise<readonly Result[]> {
  const source = join(folder, "resume");
  const copy = join(folder, "resume-copy");
  for (const place of [source, copy]) await mkdir(place);
  await makeBigFile(join(source, "film.bin"), BYTES);
  const at = join(folder, "resume-people");
  const { sharer, reader } = await openPair(at);
  await share(sharer, source, 1);
  const before = await sharer.written();
  const transfer = await beginDownload(reader, at, 1);
  await reader.until("transfers", {}, (all) =>
    all.some((it) => it.bytes.done >= BYTES / 2),
  );
  await reader.kill();
  const again = await openPerson(join(at, "ben"));
  await done(again, transfer);
  const resumed = await sharer.written();
  await link(join(source, "film.bin"), join(copy, "same.bin"));
  await share(sharer, copy, 1, "Copy");
  const shared = await sharer.written();
  await download(again, at, 1, "Copy");
  const twice = await sharer.written();
  await closePair({ sharer, reader: again });
  return [
    {
      what: "one file of 512 MiB, its reader killed at half and started again",
      figure: `${percent(resumed - before - BYTES)} of it sent again`,
      beside: null,
    },
    {
      what: "the same content in a second collection",
      figure: `${percent(twice - shared)} of it sent`,
      beside: null,
    },
  ];
}

function percent(bytes: number): string {
  return `${((100 * bytes) / BYTES).toFixed(1)} %`;
}
