import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { download, listed, share } from "./pair.ts";
import { befriend, openNewPerson } from "./person.ts";
import type { Person } from "./person.ts";
import { seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile } from "./test-files.ts";

const BYTES = 64 * 1024 * 1024;
/** What the sharer's link is held to, in bytes a second. */
const LINK = 8 * 1024 * 1024;
const READERS = [1, 4, 8];

interface Swarm {
  readonly ms: number;
  /** Copies that the sharer sent, and that all sent for each one needed. */
  readonly copies: number;
  readonly sentForNeeded: number;
}

/** One sharer behind a slow link, and several who fetch the same file at the same time. */
export async function measureSwarm(folder: string): Promise<readonly Result[]> {
  const source = join(folder, "swarm");
  await mkdir(source);
  await makeBigFile(join(source, "film.bin"), BYTES);
  const results: Result[] = [];
  let alone = 0;
  for (const readers of READERS) {
    const swarm = await once(
      join(folder, `swarm-${String(readers)}`),
      source,
      readers,
    );
    if (readers === 1) alone = swarm.ms;
    results.push({
      what: `one file of 64 MiB from a link of 8 MiB/s to ${String(readers)} at once`,
      figure: `${seconds(swarm.ms)}; the sharer sent ${swarm.copies.toFixed(2)} copies, sent for each byte needed ${swarm.sentForNeeded.toFixed(2)}`,
      beside:
        readers === 1
          ? null
          : `${(swarm.ms / alone).toFixed(2)} times as long as one`,
    });
  }
  return results;
}

async function once(at: string, source: string, count: number): Promise<Swarm> {
  await mkdir(at);
  const sharer = await openNewPerson(join(at, "ana"), "Ana");
  const readers: Person[] = [];
  for (let number = 0; number < count; number++) {
    const reader = await openNewPerson(
      join(at, `data-${String(number)}`),
      `Ben ${String(number)}`,
    );
    // Everybody knows everybody: over the internet they would find each other by the collection.
    for (const other of [sharer, ...readers]) await befriend(other, reader);
    readers.push(reader);
  }
  await share(sharer, source, 1);
  const limits = { down: null, up: LINK, schedule: null };
  await sharer.call("updateSettings", { limits });
  for (const reader of readers) await listed(reader, 1);
  const before = await written([sharer, ...readers]);
  const ms = await timed(() =>
    Promise.all(
      readers.map(async (reader, number) => {
        const into = join(at, `into-${String(number)}`);
        await mkdir(into);
        await download(reader, into, 1);
      }),
    ),
  );
  const after = await written([sharer, ...readers]);
  for (const person of [sharer, ...readers]) await person.close();
  const sent = after.map((it, index) => it - (before[index] ?? 0));
  const needed = count * BYTES;
  // What a reader wrote is its own copy of the file, and what it sent.
  const all = sent.reduce((sum, it) => sum + it, 0) - needed;
  return { ms, copies: (sent[0] ?? 0) / BYTES, sentForNeeded: all / needed };
}

function written(people: readonly Person[]): Promise<readonly number[]> {
  return Promise.all(people.map((person) => person.written()));
}
