import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { COLLECTIONS_PER_PERSON } from "#core/contract/limits.ts";
import { createSerial } from "#core/base/serial.ts";
import type { SeenOffer } from "#core/feeds/model.ts";
import type { Self } from "#core/self/self.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { isOffered, offeredLinks } from "./offering.ts";

export interface FollowingOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly index: Database;
  readonly local: Database;
  /** A collection is about to be let go: whatever uses it has to end. */
  readonly onLeave: (space: SpaceId) => Promise<void>;
}

/** Which collections of others are on my list. */
export class Following {
  readonly #options: FollowingOptions;
  readonly #serial = createSerial();

  constructor(options: FollowingOptions) {
    this.#options = options;
  }

  /** Puts a collection on the list whose link was opened. */
  follow(link: SpaceLink, title: string): Promise<void> {
    return this.#serial(async () => {
      const { self } = this.#options;
      const space = spaceIdOf(link.charter);
      this.#note(space, title, true);
      await this.#hold(space, link);
      if (self.state.peek().removedCollections.has(space))
        await self.append({
          type: "collection-removed",
          collection: space,
          removed: false,
        });
      await this.#options.spaces.hold(link);
    });
  }

  /** Holds collections that are offered to me, and lets those go that are no more. */
  onOffers(seen: readonly SeenOffer[]): Promise<void> {
    return this.#serial(async () => {
      const { index, me, spaces, self } = this.#options;
      for (const [space, link] of offeredLinks(seen, me)) {
        if (isOffered(index, space)) {
          if (!this.#hasRoom(space, link)) continue;
          this.#note(space, this.#offeredTitle(space), false);
          await this.#hold(space, link);
          if (!self.state.peek().removedCollections.has(space))
            await spaces.hold(link);
        } else if (!this.#isFollowed(space)) await this.#drop(space);
      }
    });
  }

  /** Lets a collection go that was followed for somebody else, unless it is offered to me. */
  unfollow(space: SpaceId): Promise<void> {
    return this.#serial(async () => {
      this.#options.local.run(
        "UPDATE collection_titles SET followed = 0 WHERE space = ?",
        [space],
      );
      if (!isOffered(this.#options.index, space)) await this.#drop(space);
    });
  }

  /** Takes a collection off the list, or puts it back. */
  setRemoved(space: SpaceId, isRemoved: boolean): Promise<void> {
    return this.#serial(async () => {
      const { self, spaces } = this.#options;
      await self.append({
        type: "collection-removed",
        collection: space,
        removed: isRemoved,
      });
      const link = self.state.peek().holds.get(space);
      if (isRemoved) await this.#leave(space);
      else if (link !== undefined) await spaces.hold(link);
    });
  }

  /** Lets go again what is off the list; to be called once at start. */
  async start(): Promise<void> {
    const { self, spaces } = this.#options;
    for (const space of self.state.peek().removedCollections)
      await spaces.drop(space);
  }

  /** The title a link or an offer gave. */
  titleOf(space: SpaceId): string | null {
    return this.#options.local.get(
      "SELECT title FROM collection_titles WHERE space = ?",
      [space],
      (row) => text(row, "title"),
    );
  }

  async #hold(space: SpaceId, link: SpaceLink): Promise<void> {
    const { self } = this.#options;
    if (!self.state.peek().holds.has(space))
      await self.append({ type: "hold", link });
  }

  async #drop(space: SpaceId): Promise<void> {
    const { self } = this.#options;
    if (!self.state.peek().holds.has(space)) return;
    await self.append({ type: "drop", space });
    await this.#leave(space);
  }

  async #leave(space: SpaceId): Promise<void> {
    const { onLeave, folder, spaces } = this.#options;
    await onLeave(space);
    await folder.settled();
    await spaces.drop(space);
  }

  /** A flood of offers must not become a flood of writes. */
  #hasRoom(space: SpaceId, { charter }: SpaceLink): boolean {
    const { holds } = this.#options.self.state.peek();
    if (holds.has(space)) return true;
    let count = 0;
    for (const held of holds.values())
      if (
        held.charter.kind === "collection" &&
        held.charter.founder === charter.founder
      )
        count++;
    return count < COLLECTIONS_PER_PERSON;
  }

  #offeredTitle(space: SpaceId): string {
    const title = this.#options.index.get(
      "SELECT title FROM offers WHERE collection = ? AND offered = 1",
      [space],
      (row) => text(row, "title"),
    );
    return title ?? "";
  }

  /** A followed collection stays followed, whoever offers it too. */
  #note(space: SpaceId, title: string, isFollowed: boolean): void {
    this.#options.local.run(
      `INSERT INTO collection_titles (space, title, followed) VALUES (?, ?, ?)
       ON CONFLICT (space) DO UPDATE SET
         title = excluded.title, followed = max(followed, excluded.followed)`,
      [space, title, isFollowed ? 1 : 0],
    );
  }

  #isFollowed(space: SpaceId): boolean {
    return (
      this.#options.local.get(
        "SELECT followed FROM collection_titles WHERE space = ?",
        [space],
        (row) => int(row, "followed") === 1,
      ) ?? false
    );
  }
}
