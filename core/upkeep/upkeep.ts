import type { SpaceId } from "#core/contract/ids.ts";
import type { FreeableFile, RoomState } from "#core/contract/keeping-models.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import type { Window } from "#core/contract/models.ts";
import type { Undos } from "#core/base/undos.ts";
import { typeOfName } from "#core/naming/media-type.ts";
import type { Freeing } from "#core/keeping/freeing.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import { roomPicture } from "#core/keeping/room-picture.ts";
import type { People } from "#core/people/people.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { ByRule } from "./by-rule.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import type { PlacedInFolders } from "./placed-files.ts";
import type { PlacedSums } from "./placed-sums.ts";
import type { KeptVersions } from "#core/versions/kept-versions.ts";
import type { RemovedFiles } from "./removed-files.ts";
import type { RemovedViews } from "./removed-views.ts";
import type { Transfers } from "#core/transfers/transfers.ts";

/** Looked through at once for what may go. */
const SOME_FILES = 200;
const NOTHING = { freed: null };

/** What collections are called. */
interface Titles {
  title(space: SpaceId): string;
}

export interface UpkeepOptions {
  readonly keeping: Keeping;
  readonly freeing: Freeing;
  readonly placed: PlacedInFolders;
  readonly sums: PlacedSums;
  readonly byRule: ByRule;
  readonly transfers: Transfers;
  readonly views: Titles;
  readonly people: People;
  /** Collections of which I know, also those off the list: their files still take room. */
  readonly linkOf: (space: SpaceId) => SpaceLink | null;
  /** Where files of a collection would be put. @throws `folder-missing`, `folder-unreadable` */
  readonly checkPlace: (space: SpaceId) => Promise<unknown>;
  /** @throws `not-found` for what is not on the list */
  readonly check: (space: SpaceId) => void;
  readonly onChange: () => void;
  readonly undos: Undos;
  readonly kept: Pick<KeptVersions, "total" | "freeAll" | "giveWay">;
  readonly removedFiles: RemovedFiles;
  /** What others removed and is still here. */
  readonly removed: RemovedViews;
}

/** What stays on this computer, what comes by itself, and what goes (FI6). */
export class Upkeep {
  readonly #options: UpkeepOptions;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** @throws `not-found`, `folder-missing` when there is no folder for what is to come, `folder-unreadable` */
  async keep({
    collection,
    paths,
    kept,
  }: MethodInput<"keep">): Promise<MethodOutput<"keep">> {
    const { keeping, byRule, check, checkPlace, onChange, undos } =
      this.#options;
    check(collection);
    if (kept) await checkPlace(collection);
    const before = keeping.marks.set(collection, paths, kept);
    onChange();
    await byRule.changed(collection);
    return {
      undo: undos.add(async () => {
        keeping.marks.setBack(collection, paths, before);
        onChange();
        await byRule.changed(collection);
      }),
    };
  }

  /** What others removed and is still on this computer. */
  get removed(): RemovedViews {
    return this.#options.removed;
  }

  /** @throws `not-found` */
  async keepRemoved({
    collection,
    paths,
  }: MethodInput<"keepRemoved">): Promise<MethodOutput<"keepRemoved">> {
    const { removedFiles, check, undos } = this.#options;
    check(collection);
    return { undo: undos.add(await removedFiles.keep(collection, paths)) };
  }

  /** @throws `not-found`, `folder-missing`, `folder-unreadable` */
  async setRule({
    collection,
    rule,
  }: MethodInput<"setCollectionRule">): Promise<void> {
    const { keeping, byRule, check, checkPlace, onChange } = this.#options;
    check(collection);
    if (rule.kind !== "opened") await checkPlace(collection);
    // Whoever asks for everything means also what was let go once.
    if (rule.kind === "everything") keeping.marks.takeBack(collection, [""]);
    keeping.rules.setRule(collection, rule);
    onChange();
    await byRule.changed(collection);
  }

  /** @throws `not-found` */
  async setPaused({
    collection,
    paused,
  }: MethodInput<"setCollectionPaused">): Promise<void> {
    const { keeping, transfers, check, onChange } = this.#options;
    check(collection);
    keeping.rules.setPaused(collection, paused);
    transfers.advance();
    onChange();
  }

  /** A rule's transfer was cancelled: the rule is over, or it would begin anew at once. The answer takes that back. */
  endRule(collection: SpaceId): () => Promise<void> {
    const { keeping, byRule, onChange } = this.#options;
    const { rules, marks } = keeping;
    const rule = rules.rule(collection);
    rules.setRule(collection, { kind: "opened" });
    const stopped = marks.stopBringing(collection);
    onChange();
    return async () => {
      rules.setRule(collection, rule);
      marks.bringAgain(collection, stopped);
      onChange();
      await byRule.changed(collection);
    };
  }

  /** @throws `not-found` */
  move({ transfer, to }: MethodInput<"moveTransfer">): void {
    this.#options.transfers.move(transfer, to);
  }

  async free({
    collection,
    paths,
    insist,
  }: MethodInput<"freeSpace">): Promise<MethodOutput<"freeSpace">> {
    const { freeing, people, keeping } = this.#options;
    const result = await freeing.free(collection, paths, insist);
    keeping.room.look();
    return {
      ...result,
      refused: result.refused.map(({ lastHad, ...it }) => ({
        ...it,
        lastHad:
          lastHad === null
            ? null
            : { person: people.label(lastHad.person), at: lastHad.at },
      })),
    };
  }

  /** Lets the bytes of all earlier versions go, in a moment. */
  freeVersions(): MethodOutput<"freeVersions"> {
    const { kept, keeping, undos, onChange } = this.#options;
    const { versions, bytes, undo } = kept.freeAll();
    onChange();
    return {
      versions,
      bytes,
      undo: undos.add(() => {
        undo();
        keeping.room.look();
        onChange();
        return Promise.resolve();
      }),
    };
  }

  async undoFree({
    batch,
  }: MethodInput<"undoFree">): Promise<MethodOutput<"undoFree">> {
    return { undone: await this.#options.freeing.undoFree(batch) };
  }

  /** Room on this computer, and who and what takes it. */
  room(): RoomState {
    const { keeping, freeing, sums, people, views } = this.#options;
    const { room, used, records, bytesUsed, marks } = keeping;
    const picture = roomPicture(sums.now);
    const collections = [...picture.spaces].flatMap(([space, sum]) => {
      const owner = this.#owner(space);
      if (owner === null) return [];
      const kept = marks.keptBytes(space, (path) => sums.below(space, path));
      const title = views.title(space);
      return { collection: space, title, owner, ...sum, kept };
    });
    const ofPeople = new Map<string, { files: number; bytes: number }>();
    for (const { owner, files, bytes } of collections) {
      const sum = ofPeople.get(owner.person) ?? { files: 0, bytes: 0 };
      ofPeople.set(owner.person, {
        files: sum.files + files,
        bytes: sum.bytes + bytes,
      });
    }
    const owners = new Map(
      collections.map(({ owner }) => [owner.person, owner]),
    );
    return {
      limit: room.limit,
      used: bytesUsed,
      diskFree: room.diskFree,
      alwaysFree: keeping.alwaysFree,
      lack: room.lack,
      people: [...owners]
        .map(([person]) => ({
          person: people.label(person),
          ...(ofPeople.get(person) ?? { files: 0, bytes: 0 }),
        }))
        .sort((a, b) => b.bytes - a.bytes),
      collections: collections.sort((a, b) => b.bytes - a.bytes),
      kinds: picture.kinds,
      attachments: used.now.attachments,
      versions: this.#options.kept.total,
      records,
      yours: used.now.mine,
      undo: freeing.undo,
    };
  }

  /** Files that can be freed, largest first. */
  freeable(first: number, count: number): Window<FreeableFile> {
    const { placed, keeping, views } = this.#options;
    const { total, items } = placed.largest(first, count);
    return {
      first,
      total,
      items: items.flatMap(({ space, path, size, root }) => {
        const owner = this.#owner(space);
        if (owner === null) return [];
        return {
          collection: space,
          title: views.title(space),
          owner,
          path,
          name: nameOf(path),
          size,
          mediaType: typeOfName(path),
          root,
          kept: keeping.marks.isKept(space, path),
        };
      }),
    };
  }

  /** Frees earlier versions, the oldest first, and then what is not kept, what was not opened for longest first, until so many bytes are free; what only this computer has stays. */
  async makeRoom(bytes: number): Promise<boolean> {
    const { placed, freeing, keeping, kept } = this.#options;
    // What was freed takes room for a moment still: that comes by itself.
    let freed = freeing.bytesAside;
    if (freed >= bytes) return false;
    const before = freed;
    freed += await kept.giveWay(bytes - freed);
    if (freed >= bytes) return true;
    // What is freed is gone from the list; the rest is passed over.
    let passed = 0;
    for (;;) {
      const files = placed.longestUnused(passed, SOME_FILES);
      for (const { space, path, size } of files) {
        if (freed >= bytes) break;
        const { freed: gone } = keeping.marks.isKept(space, path)
          ? NOTHING
          : await freeing.free(space, [path], false);
        if (gone === null) passed++;
        else freed += size;
      }
      if (freed >= bytes || files.length < SOME_FILES) return freed > before;
    }
  }

  #owner(space: SpaceId) {
    const { people, linkOf } = this.#options;
    const link = linkOf(space);
    return link === null ? null : people.label(link.charter.founder);
  }
}
