import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import type { Named } from "#core/files/named.ts";
import { keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import type { Space } from "#core/spaces/space.ts";
import type { CurrentFiles } from "./current-files.ts";
import type { GivenFiles } from "./given-files.ts";
import { partsOf, readPart } from "./parts.ts";
import type { CheckedFiles, Proofs } from "./proofs.ts";
import { labelOf, seal, sealKeysOf } from "./seal.ts";
import { oneOf, sampleOf } from "./sample.ts";
import type { SealedLine } from "./sealed-line.ts";

export interface FileChecksOptions {
  readonly given: GivenFiles;
  readonly proofs: Proofs;
  readonly named: Pick<Named, "inSpace">;
  readonly current: Pick<CurrentFiles, "of">;
  /** What is here to compare with; set once files are. */
  readonly reader: () => ContentReader | null;
  readonly random: Random;
}

/** Asks for random parts of the sealed files that a keeper took (KE5). */
export class FileChecks {
  readonly #options: FileChecksOptions;

  constructor(options: FileChecksOptions) {
    this.#options = options;
  }

  /** What the keeper is to have, took, and could not show; null when the line ended. */
  async check(
    line: SealedLine,
    person: PersonId,
    spaces: readonly Space[],
  ): Promise<CheckedFiles | null> {
    const { given, proofs, random } = this.#options;
    const took = spaces.flatMap((space) =>
      [...given.of(person, space.id)].map(([root, size]) => ({
        space,
        root,
        size,
      })),
    );
    for (const file of sampleOf(took, proofs.failed(person), random)) {
      const { space, root, size } = file;
      const shown = await this.#isShown(line, space, root, size);
      if (shown === null) return null;
      proofs.noteFile(person, root, shown);
      if (shown) continue;
      // It is given anew, and counts once it was shown.
      given.forget(person, space.id, root);
      given.doubt(person);
    }
    const wanted = new Map(
      spaces.flatMap(({ id }) =>
        this.#due(id).map((root) => [root, id] as const),
      ),
    );
    const failed = proofs.failedOf(person, wanted);
    const had = new Set(
      spaces.flatMap(({ id }) => [...given.of(person, id).keys()]),
    );
    const counted = [...wanted.keys()].filter(
      (root) => had.has(root) && !failed.has(root),
    );
    return {
      files: wanted.size,
      given: counted.length,
      gone: failed.size,
    };
  }

  /** What it is to have: what stands, and of the rest what is here to give. */
  #due(space: SpaceId): readonly FileRoot[] {
    const { named, current, reader } = this.#options;
    const standing = new Set(current.of(space).map(({ root }) => root));
    return named
      .inSpace(space)
      .map(({ root }) => root)
      .filter((root) => standing.has(root) || reader()?.held(root) === "all");
  }

  async #isShown(
    line: SealedLine,
    space: Space,
    root: FileRoot,
    size: number,
  ): Promise<boolean | null> {
    const { reader, random } = this.#options;
    const parts = partsOf(size);
    const part = parts[oneOf(random, parts.length)];
    const content = reader();
    if (part === undefined || content === null) return true;
    const bytes = await readPart(content, root, size, part);
    if (bytes === null) return true;
    const keys = sealKeysOf(space.readKey);
    const label = labelOf(keys, root, part.kind, part.index);
    const answer = await line.ask(keepKeyOfSpace(space).id, label);
    if (answer === null) return null;
    return answer !== "lack" && answer.equals(seal(keys, bytes));
  }
}
