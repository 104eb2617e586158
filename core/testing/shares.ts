import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import type { FolderExcludes } from "#core/contract/watching-models.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import type {
  CollectionItem,
  CollectionPage,
  CollectionRow,
  FileStage,
  Transfer,
} from "#core/contract/collection-models.ts";
import { createPeople } from "./people.ts";
import type { PersonOptions, TestPeople, TestPerson } from "./people.ts";
import { until } from "./until.ts";

export type TestFiles = Readonly<Record<string, string | Buffer>>;

/** Two contacts, and a folder on disk for what they share and fetch. */
export interface Shares {
  readonly people: TestPeople;
  readonly ana: TestPerson;
  readonly ben: TestPerson;
  /** A path in the test's folder. */
  at(...parts: readonly string[]): string;
  /** Makes a folder with these files. */
  folder(name: string, files: TestFiles): Promise<string>;
  close(): Promise<void>;
}

export async function createShares(
  options: {
    readonly ana?: PersonOptions;
    readonly ben?: PersonOptions;
  } = {},
): Promise<Shares> {
  const root = await mkdtemp(join(tmpdir(), "commonplace-shares-"));
  const people = await createPeople();
  const ana = await people.add("Ana", options.ana);
  const ben = await people.add("Ben", options.ben);
  await people.befriend(ana, ben);
  return {
    people,
    ana,
    ben,
    at: (...parts) => join(root, ...parts),
    async folder(name, files) {
      const folder = join(root, name);
      await mkdir(folder, { recursive: true });
      await writeFiles(folder, files);
      return folder;
    },
    async close() {
      await people.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export async function writeFiles(
  folder: string,
  files: TestFiles,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Every file below a folder by path, with its content in base64. */
export async function contentsOf(
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    found.push([path.slice(folder.length + 1), content.toString("base64")]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Begins to share a folder. */
export async function startSharing(
  person: TestPerson,
  folder: string,
  audience: ShareAudience = { kind: "contacts" },
  excludes: FolderExcludes = DEFAULT_EXCLUDES,
): Promise<{ readonly collection: SpaceId; readonly transfer: TransferId }> {
  const { grant } = await person.core.grants.add(folder);
  return await person.core.handlers.shareFolder({
    folder: grant,
    title: "Songs",
    about: "What we sing",
    audience,
    excludes,
  });
}

/** Shares a folder and waits until all of it was read. */
export async function share(
  person: TestPerson,
  folder: string,
  audience?: ShareAudience,
  excludes?: FolderExcludes,
): Promise<SpaceId> {
  const { collection, transfer } = await startSharing(
    person,
    folder,
    audience,
    excludes,
  );
  await untilDone(person, transfer);
  return collection;
}

/** Ana shares a folder with these files, and Ben sees them all. */
export async function shareSource(
  shares: Shares,
  files: TestFiles,
): Promise<{ readonly folder: string; readonly collection: SpaceId }> {
  const folder = await shares.folder("source", files);
  const collection = await share(shares.ana, folder);
  const { length } = Object.keys(files);
  await untilRow(shares.ben, collection, (row) => row.files === length);
  return { folder, collection };
}

/** Says where a person's downloads go, and makes that folder. */
export async function chooseDownloads(
  person: TestPerson,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { grant } = await person.core.grants.add(folder);
  await person.core.handlers.setDownloadFolder({ grant });
}

/** Reads the folder of a collection again and waits until that is done. */
export async function update(
  person: TestPerson,
  collection: SpaceId,
): Promise<Transfer> {
  const { handlers } = person.core;
  const { transfer } = await handlers.updateCollection({ collection });
  return await untilDone(person, transfer);
}

/** Begins to fetch into a folder, which is made when it is missing. */
export async function startDownload(
  person: TestPerson,
  collection: SpaceId,
  into: string,
  paths: readonly string[] = [""],
): Promise<TransferId> {
  await mkdir(into, { recursive: true });
  const { grant } = await person.core.grants.add(into);
  const { transfer } = await person.core.handlers.download({
    collection,
    paths,
    folder: grant,
  });
  return transfer;
}

export async function download(
  person: TestPerson,
  collection: SpaceId,
  into: string,
  paths?: readonly string[],
): Promise<Transfer> {
  const transfer = await startDownload(person, collection, into, paths);
  return await untilDone(person, transfer);
}

/** Waits until a transfer passes; rejects when it is gone. */
export async function untilTransfer(
  person: TestPerson,
  transfer: TransferId,
  predicate: (transfer: Transfer) => boolean,
): Promise<Transfer> {
  const find = (all: readonly Transfer[]) =>
    all.find((one) => one.transfer === transfer);
  const all = await until(
    person.core.states.transfers({}),
    (it) => {
      const found = find(it);
      return found !== undefined && predicate(found);
    },
    { timeoutMs: 20_000 },
  );
  const found = find(all);
  if (found === undefined) throw new Error("the transfer went away");
  return found;
}

export function untilDone(
  person: TestPerson,
  transfer: TransferId,
): Promise<Transfer> {
  return untilTransfer(person, transfer, ({ state }) => {
    if (state.stage === "failed") throw new Error(state.problem);
    return state.stage === "done";
  });
}

/** Waits until a person sees a collection, and the row passes. */
export async function untilRow(
  person: TestPerson,
  collection: SpaceId,
  predicate: (row: CollectionRow) => boolean,
): Promise<CollectionRow> {
  const find = (rows: readonly CollectionRow[]) =>
    rows.find((row) => row.collection === collection);
  const rows = await until(
    person.core.states.collections({}),
    (it) => {
      const row = find(it);
      return row !== undefined && predicate(row);
    },
    { timeoutMs: 15_000 },
  );
  const row = find(rows);
  if (row === undefined) throw new Error("the collection went away");
  return row;
}

/** Waits until a collection is on nobody's list here. */
export async function untilGone(
  person: TestPerson,
  collection: SpaceId,
): Promise<void> {
  await until(
    person.core.states.collections({}),
    (rows) => !rows.some((row) => row.collection === collection),
    { timeoutMs: 15_000 },
  );
}

/** The first page of a folder of a collection. */
export function pageOf(
  person: TestPerson,
  collection: SpaceId,
  folder = "",
  search = "",
): CollectionPage {
  const params = { collection, folder, search, first: 0, count: 500 };
  const page = person.core.states.collection(params).peek();
  if (page === null) throw new Error("the collection is not on the list");
  return page;
}

/** How one file of a folder stands, "" being the top. */
export function stageOf(
  person: TestPerson,
  collection: SpaceId,
  path: string,
): FileStage {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const item = pageOf(person, collection, folder).items.find(
    (it) => it.path === path,
  );
  if (item?.kind !== "file") throw new Error(`no file is listed at ${path}`);
  return item.state;
}

/** The stage of each file on a page, by path. */
export function stagesOf(
  page: CollectionPage,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    page.items.map((item: CollectionItem) => [
      item.path,
      item.kind === "file" ? item.state.stage : "folder",
    ]),
  );
}
