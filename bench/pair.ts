import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { befriend, openNewPerson } from "./person.ts";
import type { Nodes } from "./nodes.ts";
import type { Person } from "./person.ts";
import { timed } from "./statistics.ts";
import { makeSmallFiles } from "./test-files.ts";

/** Two contacts, each in a process of their own. */
export interface Pair {
  readonly sharer: Person;
  readonly reader: Person;
}

/** How long something took, and what the two processes used meanwhile. */
export interface Round {
  readonly ms: number;
  readonly sharerCpu: number;
  readonly readerCpu: number;
  readonly sharerDelay: number;
  readonly readerDelay: number;
  /** The most memory each process ever had, in bytes. */
  readonly sharerMemory: number;
  readonly readerMemory: number;
}

export const TITLE = "Shared";

/** Makes the folder `at` with the data of both in it. */
export async function openPair(
  at: string,
  nodes: Nodes | null = null,
): Promise<Pair> {
  await mkdir(at, { recursive: true });
  const sharer = await openNewPerson(join(at, "ana"), "Ana", nodes);
  const reader = await openNewPerson(join(at, "ben"), "Ben", nodes);
  await befriend(sharer, reader);
  return { sharer, reader };
}

export async function closePair({ sharer, reader }: Pair): Promise<void> {
  await sharer.close();
  await reader.close();
}

export async function measured(
  { sharer, reader }: Pair,
  work: () => Promise<unknown>,
): Promise<Round> {
  await Promise.all([sharer.usage(), reader.usage()]);
  const ms = await timed(work);
  const [one, other] = await Promise.all([sharer.usage(), reader.usage()]);
  return {
    ms,
    sharerCpu: one.cpuSeconds,
    readerCpu: other.cpuSeconds,
    sharerDelay: one.delayMs,
    readerDelay: other.delayMs,
    sharerMemory: one.memoryBytes,
    readerMemory: other.memoryBytes,
  };
}

/** Shares a folder with all contacts; resolves when everything in it is read. */
export async function share(
  sharer: Person,
  folder: string,
  files: number,
  title = TITLE,
): Promise<void> {
  const { grant } = await sharer.call("grantFolder", { path: folder });
  await sharer.call("shareFolder", {
    folder: grant,
    title,
    about: "",
    audience: { kind: "contacts" },
  });
  await sharer.until("transfers", {}, (transfers) =>
    transfers.some(
      (it) =>
        it.title === title &&
        it.state.stage === "done" &&
        it.files.done === files,
    ),
  );
}

/** Resolves with the collection when the reader sees so many files in it. */
export async function listed(reader: Person, files: number, title = TITLE) {
  const rows = await reader.until("collections", {}, (all) =>
    all.some((it) => it.title === title && it.files === files),
  );
  const row = rows.find((it) => it.title === title);
  if (row === undefined) throw new Error("the collection is not listed");
  return row.collection;
}

/** Begins to download a collection into a folder of its own inside `into`; answers with the transfer. */
export async function beginDownload(
  reader: Person,
  into: string,
  files: number,
  title = TITLE,
) {
  const collection = await listed(reader, files, title);
  const { grant } = await reader.call("grantFolder", { path: into });
  const folder = grant;
  const paths = [""];
  const { transfer } = await reader.call("download", {
    collection,
    paths,
    folder,
  });
  return transfer;
}

/** Resolves when a transfer is done; rejects when it failed. */
export async function done(reader: Person, transfer: string): Promise<void> {
  const { problem } = await reader.ended(transfer);
  if (problem !== null) throw new Error(problem);
}

const WARM_FILES = 1_000;

/**
 * Shares and downloads a small collection. The app runs all day, and its first
 * second, in which V8 compiles what is used often, says little about the rest.
 */
export async function warmUp(pair: Pair, at: string): Promise<void> {
  const title = "Warm-up";
  const source = join(at, "warm-up");
  await makeSmallFiles(source, WARM_FILES, 4096);
  await share(pair.sharer, source, WARM_FILES, title);
  await download(pair.reader, at, WARM_FILES, title);
}

/** Downloads a whole collection. */
export async function download(
  reader: Person,
  into: string,
  files: number,
  title = TITLE,
): Promise<void> {
  await done(reader, await beginDownload(reader, into, files, title));
}
