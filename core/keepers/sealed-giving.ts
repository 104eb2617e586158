import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { SEALED_PARTS_AT_ONCE } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Signal } from "#core/base/state.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import type { Named } from "#core/files/named.ts";
import { keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import type { Space } from "#core/spaces/space.ts";
import type { GivenFiles } from "./given-files.ts";
import { partsOf, readPart, sealedFileSize } from "./parts.ts";
import type { FilePart } from "./parts.ts";
import { labelOf, seal, sealKeysOf } from "./seal.ts";
import type { SealedLine } from "./sealed-line.ts";

/** New files are looked for this long after something changed, in milliseconds. */
const LOOK_MS = 500;
/** Parts on their way to a keeper at once. */
const OPEN_PUTS = 4;

/** What became of a file that was to be given: not here any more, no room there, or the line ended. */
type Given = "given" | "away" | "full" | "stop";

export interface SealedGivingOptions {
  readonly given: GivenFiles;
  readonly named: Pick<Named, "inSpace">;
  readonly reader: ContentReader;
  /** Lines to those who keep for me blindly, with the spaces they are to keep. */
  readonly targets: () => readonly {
    readonly sealed: SealedLine;
    readonly person: PersonId;
    readonly spaces: readonly Space[];
  }[];
  /** Bytes that a keeper may still take of mine; below zero when it holds more than it may. */
  readonly roomAt: (person: PersonId) => number;
  /** Something to give may have come, or somebody to give it to. */
  readonly changes: Signal;
  /** Everything that is here was given. */
  readonly onGiven: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Gives the files of my spaces, sealed, to those who keep them for me (KE4). */
export class SealedGiving implements Resource {
  readonly #options: SealedGivingOptions;
  readonly #busy = new Set<PersonId>();
  readonly #again = new Set<PersonId>();
  /** What did not fit after all: not tried again on that line. */
  readonly #refused = new WeakMap<SealedLine, Set<FileRoot>>();
  /** Lines on which it was asked whether all is there that was given. */
  readonly #surveyed = new WeakSet<SealedLine>();
  readonly #stop: () => void;
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(options: SealedGivingOptions) {
    this.#options = options;
    this.#stop = options.changes.subscribe(() => {
      this.#later();
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#stop();
    this.#cancel?.();
    return Promise.resolve();
  }

  #later(): void {
    if (this.#isClosed) return;
    this.#cancel ??= this.#options.clock.after(LOOK_MS, () => {
      this.#cancel = null;
      this.#look();
    });
  }

  #look(): void {
    for (const { sealed: line, person, spaces } of this.#options.targets()) {
      if (this.#busy.has(person)) {
        this.#again.add(person);
        continue;
      }
      this.#busy.add(person);
      this.#options.logger.background(
        "giving to a keeper",
        this.#giveAll(line, person, spaces).finally(() => {
          this.#busy.delete(person);
          if (this.#again.delete(person)) this.#later();
        }),
      );
    }
  }

  async #giveAll(
    line: SealedLine,
    person: PersonId,
    spaces: readonly Space[],
  ): Promise<void> {
    const isNew = !this.#surveyed.has(line);
    if (isNew || this.#options.given.takeDoubt(person)) {
      this.#surveyed.add(line);
      for (const space of spaces) await this.#survey(line, person, space);
    }
    let room = this.#options.roomAt(person);
    const refused = this.#refused.get(line) ?? new Set<FileRoot>();
    this.#refused.set(line, refused);
    for (const space of spaces) {
      if (!line.session.keeps.peek().has(keepKeyOfSpace(space).id)) continue;
      const given = this.#options.given.of(person, space.id);
      const named = this.#options.named
        .inSpace(space.id)
        .toSorted((a, b) => a.size - b.size);
      const wanted = new Set(named.map(({ root }) => root));
      // It holds less for me than before: I say what goes, the large ones first.
      for (const [root, size] of [...given].sort(([, a], [, b]) => b - a)) {
        if (wanted.has(root) && room >= 0) continue;
        this.#drop(line, person, space, root, size);
        room += sealedFileSize(size);
      }
      for (const { root, size } of named) {
        if (this.#isClosed) return;
        const bytes = sealedFileSize(size);
        if (given.has(root) || bytes > room || refused.has(root)) continue;
        const outcome = await this.#give(line, space, root, size);
        if (outcome === "full") {
          // Nothing of it is any use without the rest.
          refused.add(root);
          this.#drop(line, person, space, root, size);
          continue;
        }
        if (outcome === "stop") return;
        if (outcome !== "given") continue;
        this.#options.given.note(person, space.id, root, size);
        room -= bytes;
      }
    }
    this.#options.onGiven();
  }

  /** Asks whether everything is there that was given; what is not is given anew. */
  async #survey(
    line: SealedLine,
    person: PersonId,
    space: Space,
  ): Promise<void> {
    const { given } = this.#options;
    const keys = sealKeysOf(space.readKey);
    const keep = keepKeyOfSpace(space).id;
    if (!line.session.keeps.peek().has(keep)) return;
    for (const [root, size] of given.of(person, space.id)) {
      const parts = partsOf(size);
      for (let at = 0; at < parts.length; at += SEALED_PARTS_AT_ONCE) {
        const labels = parts
          .slice(at, at + SEALED_PARTS_AT_ONCE)
          .map(({ kind, index }) => labelOf(keys, root, kind, index));
        const missing = await line.missing(keep, labels);
        if (missing === null || this.#isClosed) return;
        if (missing.length > 0) given.forget(person, space.id, root);
      }
    }
  }

  /** Gives one file; what the keeper has of it already is not sent. */
  async #give(
    line: SealedLine,
    space: Space,
    root: FileRoot,
    size: number,
  ): Promise<Given> {
    const { reader } = this.#options;
    if (reader.held(root) !== "all") return "away";
    const keys = sealKeysOf(space.readKey);
    const keep = keepKeyOfSpace(space).id;
    const put = async (part: FilePart): Promise<Given> => {
      const bytes = await readPart(reader, root, size, part);
      if (bytes === null) return "away";
      const label = labelOf(keys, root, part.kind, part.index);
      const outcome = await line.put(keep, label, seal(keys, bytes));
      if (outcome === "full") return "full";
      return outcome === "stored" ? "given" : "stop";
    };
    const parts = partsOf(size);
    for (let at = 0; at < parts.length; at += SEALED_PARTS_AT_ONCE) {
      const some = parts.slice(at, at + SEALED_PARTS_AT_ONCE);
      const labels = some.map(({ kind, index }) =>
        labelOf(keys, root, kind, index),
      );
      const missing = await line.missing(keep, labels);
      if (missing === null) return "stop";
      const due = missing.flatMap((place) => some[place] ?? []);
      for (let next = 0; next < due.length; next += OPEN_PUTS) {
        const outcomes = await Promise.all(
          due.slice(next, next + OPEN_PUTS).map(put),
        );
        const bad = outcomes.find((outcome) => outcome !== "given");
        if (bad !== undefined) return bad;
      }
    }
    return "given";
  }

  #drop(
    line: SealedLine,
    person: PersonId,
    space: Space,
    root: FileRoot,
    size: number,
  ): void {
    const keys = sealKeysOf(space.readKey);
    const labels = partsOf(size).map(({ kind, index }) =>
      labelOf(keys, root, kind, index),
    );
    for (let at = 0; at < labels.length; at += SEALED_PARTS_AT_ONCE)
      line.drop(
        keepKeyOfSpace(space).id,
        labels.slice(at, at + SEALED_PARTS_AT_ONCE),
      );
    this.#options.given.forget(person, space.id, root);
  }
}
