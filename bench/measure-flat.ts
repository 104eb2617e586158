import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { everyday } from "./everyday.ts";
import { listed, share, TITLE } from "./pair.ts";
import { openNewPerson } from "./person.ts";
import type { Person } from "./person.ts";
import { pause } from "./processes.ts";
import { seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeSmallFiles } from "./test-files.ts";

/** `BENCH_MANY=10000` while working on something. */
const FILES = Number(process.env["BENCH_MANY"] ?? 100_000);

/** One folder with 100,000 files in it: what a person does with it, and what one change takes. */
export async function measureFlat(folder: string): Promise<readonly Result[]> {
  const source = join(folder, "flat");
  const paths = await makeSmallFiles(source, FILES, 64, FILES);
  const person = await openNewPerson(join(folder, "flat-ana"), "Ana");
  try {
    const ms = await timed(() => share(person, source, FILES));
    const collection = await listed(person, FILES);
    await settled(person);
    const answers = await everyday(person, collection, "folder-000");
    const { bytes } = await row(person);
    await person.usage();
    await appendFile(paths[0] ?? "", "more");
    await person.until("collections", {}, (all) =>
      all.some((it) => it.title === TITLE && it.bytes === bytes + 4),
    );
    await settled(person);
    const { cpuSeconds, delayMs } = await person.usage();
    const files = `${FILES.toLocaleString("en")} files in one folder`;
    return [
      { what: `share ${files}`, figure: seconds(ms), beside: null },
      { what: `answers about ${files}`, figure: answers, beside: null },
      {
        what: `one of them changes: from the change until it is shared and all is at rest`,
        figure: `${(cpuSeconds * 1000).toFixed(0)} ms of processor in 15 s, event loop p99 ${delayMs.toFixed(0)} ms`,
        beside: null,
      },
    ];
  } finally {
    await person.close();
  }
}

async function row(person: Person) {
  const rows = await person.until("collections", {}, (all) =>
    all.some((it) => it.title === TITLE && it.watch?.stage.stage === "rests"),
  );
  const found = rows.find((it) => it.title === TITLE);
  if (found === undefined) throw new Error("the collection is not listed");
  return found;
}

/** What follows on a change comes some seconds later. */
async function settled(person: Person): Promise<void> {
  await row(person);
  await pause(15_000);
}
