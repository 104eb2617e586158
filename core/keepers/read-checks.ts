import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Outcome, Remote } from "#core/exchange/exchange-remote.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Space } from "#core/spaces/space.ts";
import type { CurrentFiles } from "./current-files.ts";
import type { CheckedFiles, Proofs } from "./proofs.ts";
import { oneOf, sampleOf } from "./sample.ts";

export interface ReadChecksOptions {
  readonly proofs: Proofs;
  readonly current: Pick<CurrentFiles, "of">;
  /** What is here to compare with; set once files are. */
  readonly reader: () => ContentReader | null;
  readonly exchange: () => Pick<Exchange, "remotes" | "shown"> | null;
  readonly random: Random;
}

/** Asks those who keep and may read for random chunks of what they say to hold (KE5). */
export class ReadChecks {
  readonly #options: ReadChecksOptions;

  constructor(options: ReadChecksOptions) {
    this.#options = options;
  }

  /** What it is to have, holds as far as was seen, and could not show; null when the line ended. */
  async check(
    session: Session,
    person: PersonId,
    spaces: readonly Space[],
  ): Promise<CheckedFiles | null> {
    const { current, proofs, random, exchange } = this.#options;
    const remote = exchange()
      ?.remotes.peek()
      .find((it) => it.session === session);
    const files = new Map(
      spaces.flatMap(({ id }) =>
        current.of(id).map((it) => [it.root, it] as const),
      ),
    );
    if (files.size === 0) return { files: 0, given: 0, gone: 0 };
    if (remote === undefined) return null;
    const roots = [...files.keys()];
    const said = await remote.held(roots);
    if (said === null) return null;
    const claimed = [...files.values()].filter((_, at) => said[at] === "all");
    let failing = 0;
    let asked = 0;
    for (const { root, size } of sampleOf(
      claimed,
      proofs.failed(person),
      random,
    )) {
      const shown = await this.#isShown(remote, root, size);
      if (shown === "gone") return null;
      if (shown === "unknown") continue;
      asked++;
      if (shown === "no") failing++;
      proofs.noteFile(person, root, shown === "yes");
    }
    const failed = proofs.failedOf(person, files);
    const left = claimed.filter(({ root }) => !failed.has(root)).length;
    // Where some of what was asked for failed, the rest is not believed either.
    const part = failing === 0 ? 1 : 1 - failing / asked;
    const given = Math.floor(left * part);
    return { files: files.size, given, gone: failed.size };
  }

  async #isShown(
    remote: Remote,
    root: FileRoot,
    size: number,
  ): Promise<"yes" | "no" | "unknown" | "gone"> {
    const { reader, random, exchange } = this.#options;
    const index = oneOf(random, chunkCount(size));
    const mine = await reader()?.chunk(root, index);
    if (mine === null || mine === undefined || remote.room === 0)
      return "unknown";
    const outcome = await new Promise<Outcome>((settle) => {
      const part = { kind: "chunk", root, index } as const;
      remote.ask([{ part, isUrgent: false, settle }]);
    });
    if (outcome === "gone") return "gone";
    const isShown = outcome !== "lack" && outcome.equals(mine);
    if (isShown) exchange()?.shown(remote.session, root);
    return isShown ? "yes" : "no";
  }
}
