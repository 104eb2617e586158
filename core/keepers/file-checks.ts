import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import type { ContentReader } from "#core/files/content-reader.ts";
import type { Named } from "#core/files/named.ts";
import { keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import type { Space } from "#core/spaces/space.ts";
import type { GivenFiles } from "./given-files.ts";
import { partsOf, readPart } from "./parts.ts";
import type { CheckedFiles, Proofs } from "./proofs.ts";
import { labelOf, seal, sealKeysOf } from "./seal.ts";
import type { SealedLine } from "./sealed-line.ts";

/** Files of one keeper that are looked at in one check. */
const SAMPLE = 8;

export interface FileChecksOptions {
  readonly given: GivenFiles;
  readonly proofs: Proofs;
  readonly named: Pick<Named, "inSpace">;
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

  /** What the keeper is to have, took, and no longer has; null when the line ended. */
  async check(
    line: SealedLine,
    person: PersonId,
    spaces: readonly Space[],
  ): Promise<CheckedFiles | null> {
    const { given, named, proofs, random } = this.#options;
    const all = spaces.flatMap((space) =>
      [...given.of(person, space.id)].map(([root, size]) => ({
        space,
        root,
        size,
      })),
    );
    let gone = proofs.check(person)?.gone ?? 0;
    for (let n = 0; n < Math.min(SAMPLE, all.length); n++) {
      const file = all[random.bytes(4).readUInt32BE() % all.length];
      if (file === undefined) continue;
      const { space, root, size } = file;
      const shown = await this.#isShown(line, space, root, size);
      if (shown === null) return null;
      if (shown || !given.of(person, space.id).has(root)) continue;
      // It is given anew.
      given.forget(person, space.id, root);
      gone++;
    }
    const files = spaces.reduce(
      (sum, space) => sum + named.inSpace(space.id).length,
      0,
    );
    const took = spaces.reduce(
      (sum, space) => sum + given.of(person, space.id).size,
      0,
    );
    return {
      files,
      given: Math.min(took, files),
      gone: took >= files ? 0 : gone,
    };
  }

  async #isShown(
    line: SealedLine,
    space: Space,
    root: FileRoot,
    size: number,
  ): Promise<boolean | null> {
    const { reader, random } = this.#options;
    const parts = partsOf(size);
    const part = parts[random.bytes(4).readUInt32BE() % parts.length];
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
