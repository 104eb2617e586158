import { CoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { People } from "#core/people/people.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { WRITER_LOGS_MAX } from "#core/listing/collection-entries.ts";
import type { CollectionWriters } from "#core/listing/collection-writers.ts";

export interface WritingOptions {
  readonly me: PersonId;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly writers: CollectionWriters;
  readonly people: Pick<People, "ownName">;
  /** Tells people of a collection of mine who may not know of it. */
  readonly offer: (
    space: SpaceId,
    people: readonly PersonId[],
  ) => Promise<void>;
}

/** Whom I let add and change things in collections of mine (SP5). */
export class Writing {
  readonly #options: WritingOptions;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  /** People who may write besides the founder. */
  of(space: SpaceId): readonly PersonId[] {
    return this.#options.writers
      .of(space)
      .flatMap(({ person, isOn }) => (isOn ? [person] : []));
  }

  mayWrite(space: SpaceId): boolean {
    return this.#options.spaces.mayWrite(space);
  }

  /**
   * Lets exactly these people write. What others wrote until now stays; what
   * they write from now on does not count, wherever it is read.
   * @throws `not-found` for what is no collection of mine, `disk-full`
   */
  async set(id: SpaceId, people: readonly PersonId[]): Promise<void> {
    const { me, spaces, folder, offer } = this.#options;
    const space = spaces.get(id);
    if (space?.kind !== "collection" || space.charter.founder !== me)
      throw new CoreError("not-found", { what: "collection" });
    await folder.settled();
    const wanted = new Set(people.filter((person) => person !== me));
    const present = new Set(this.of(id));
    const added = [...wanted].filter((person) => !present.has(person));
    const entries: RawEntry[] = [
      ...added.map((person) => this.#admit(person, true, [])),
      ...[...present]
        .filter((person) => !wanted.has(person))
        .map((person) => this.#admit(person, false, lengthsOf(space, person))),
    ];
    if (added.length > 0) await offer(id, added);
    if (entries.length === 0) return;
    await spaces.append(id, entries);
    await folder.settled();
  }

  #admit(
    person: PersonId,
    on: boolean,
    logs: ReturnType<typeof lengthsOf>,
  ): RawEntry {
    const name = this.#options.people.ownName(person);
    return { type: "admit", person, name, on, logs };
  }
}

/** What is here of a person's logs: so far they count. */
function lengthsOf({ logs }: Space, person: PersonId) {
  return [...logs.values()]
    .filter((member) => member.person === person)
    .map(({ log }) => ({ log: log.key, length: log.heldLength }))
    .slice(0, WRITER_LOGS_MAX);
}
