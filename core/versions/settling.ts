import { CoreError } from "#core/contract/errors.ts";
import { entryRef } from "#core/contract/ids.ts";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import type { Settled } from "#core/contract/version-models.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import { safePath } from "#core/naming/naming.ts";
import type { People } from "#core/people/people.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { REPLACES_MAX } from "#core/listing/collection-entries.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { NotedFile, PutContent } from "#core/listing/file-heads.ts";
import { versionPath } from "./version-name.ts";
import type { PathHistory, VersionViews } from "./version-views.ts";

export interface SettlingOptions {
  readonly me: PersonId;
  readonly people: People;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly files: CollectionIndex;
  readonly exchange: Pick<Exchange, "tell">;
  readonly views: VersionViews;
  /** Something of mine came to stand that may not lie in its folder yet. */
  readonly onSettled: (space: SpaceId) => void;
}

interface Version {
  readonly noted: NotedFile;
  readonly content: PutContent;
}

/** Settles two versions of a file, and puts earlier ones back (EN5). */
export class Settling {
  readonly #options: SettlingOptions;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** @throws `not-found`, `may-not-write`, `disk-full` */
  async resolve({
    collection,
    path,
    keep,
  }: MethodInput<"resolveVersions">): Promise<Settled> {
    const history = await this.#history(collection, path);
    const versions = history.heads.flatMap(versionOf);
    if (history.heads.length < 2 || versions.length === 0) throw notFound();
    if (keep.kind === "removal") {
      const replaces = refsOf(history.heads);
      return await this.#write(collection, [
        { type: "remove", path, replaces },
      ]);
    }
    const chosen =
      keep.kind === "version"
        ? versions.find(({ noted }) => noted.ref === keep.version)
        : (versions.find(({ noted }) => this.#isMine(history, noted)) ??
          versions.at(-1));
    if (chosen === undefined) throw notFound();
    const others =
      keep.kind === "both" ? versions.filter((it) => it !== chosen) : [];
    const added: string[] = [];
    const entries: RawEntry[] = [
      put(path, chosen.content, refsOf(history.heads)),
    ];
    for (const { noted, content } of others) {
      const person = noted.person ?? history.founder;
      const free = this.#freePath(collection, path, person, noted, added);
      added.push(free);
      const { files } = this.#options;
      entries.push(put(free, content, files.currentRefs(collection, free)));
    }
    return { ...(await this.#write(collection, entries)), added };
  }

  /**
   * Undoes `resolve`, unless somebody wrote about the file since: what stood
   * before stands again, and names that were given are taken back.
   * @throws `not-found`, `may-not-write`, `disk-full`
   */
  async reopen({
    collection,
    path,
    settled,
    added,
  }: MethodInput<"reopenVersions">): Promise<void> {
    const history = await this.#history(collection, path);
    const { noted, heads } = history;
    const [head] = heads;
    if (head?.ref !== settled || heads.length > 1) throw notFound();
    const before = noted.filter(({ ref }) => head.replaces.includes(ref));
    // Mine again under my name: it is what gets its place in my folder back.
    const shown =
      before.findLast((it) => this.#isMine(history, it)) ??
      before.findLast(({ content }) => content !== null);
    if (shown === undefined) throw notFound();
    const beside = refsOf(before.filter((it) => it !== shown));
    const replaces = [settled];
    const entries: RawEntry[] = [
      shown.content === null
        ? { type: "remove", path, replaces, beside }
        : { ...put(path, shown.content, replaces), beside },
    ];
    for (const free of added) {
      const own = this.#options.views.history(collection, free)?.heads ?? [];
      // Somebody went on with it: then it is theirs now.
      if (own.every(({ ref }) => isOfBlock(ref, settled)))
        entries.push({ type: "remove", path: free, replaces: refsOf(own) });
    }
    await this.#write(collection, entries);
  }

  /** @throws `not-found`, `may-not-write`, `disk-full` */
  async putBack({
    collection,
    path,
    version,
  }: MethodInput<"putBack">): Promise<void> {
    const { noted, heads } = await this.#history(collection, path);
    const wanted = noted.find(({ ref }) => ref === version)?.content;
    if (wanted === undefined || wanted === null) throw notFound();
    const [only] = heads;
    if (heads.length === 1 && only?.content?.root === wanted.root) return;
    await this.#write(collection, [put(path, wanted, refsOf(heads))]);
  }

  async #history(space: SpaceId, path: string): Promise<PathHistory> {
    const { folder, views, spaces } = this.#options;
    await folder.settled();
    const history = views.history(space, path);
    if (history === null) throw notFound();
    if (!spaces.mayWrite(space)) throw new CoreError("may-not-write", {});
    return history;
  }

  async #write(space: SpaceId, entries: readonly RawEntry[]): Promise<Settled> {
    const { spaces, exchange, folder, onSettled } = this.#options;
    const { log, firstBlock } = await spaces.append(space, entries);
    exchange.tell([space]);
    await folder.settled();
    onSettled(space);
    return { settled: entryRef(log, firstBlock, 0), added: [] };
  }

  #isMine({ founder }: PathHistory, { person }: NotedFile): boolean {
    return (person ?? founder) === this.#options.me;
  }

  /** A name beside the file that nothing has. */
  #freePath(
    space: SpaceId,
    path: string,
    person: PersonId,
    { time }: NotedFile,
    taken: readonly string[],
  ): string {
    const { files, people } = this.#options;
    const { name } = people.label(person);
    for (let number = 1; ; number++) {
      const free = versionPath(path, name, time[0], number);
      const isFree = !taken.includes(free) && files.file(space, free) === null;
      if (!isFree) continue;
      // Whatever a person is called, it has to be a path.
      return safePath(free, "linux").kind === "safe"
        ? free
        : versionPath(path, "", time[0], number);
    }
  }
}

function versionOf(noted: NotedFile): readonly Version[] {
  const { content } = noted;
  return content === null ? [] : [{ noted, content }];
}

function refsOf(noted: readonly NotedFile[]): readonly EntryRef[] {
  return noted.slice(-REPLACES_MAX).map(({ ref }) => ref);
}

function put(
  path: string,
  content: PutContent,
  replaces: readonly EntryRef[],
): RawEntry {
  const { root, size, chunkSize, changedAt, mediaType } = content;
  const facts = { size, changedAt, mediaType, chunkSize, root };
  return { type: "put", path, ...facts, replaces };
}

/** Whether an entry was written together with another one. */
function isOfBlock(ref: EntryRef, other: EntryRef): boolean {
  const block = other.slice(0, other.lastIndexOf("."));
  return ref.startsWith(`${block}.`);
}

function notFound(): CoreError {
  return new CoreError("not-found", { what: "version" });
}
