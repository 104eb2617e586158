import { isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import { createGroup } from "#core/base/serial.ts";
import { chosenByRule } from "#core/keeping/chosen-by-rule.ts";
import type { CollectionRules } from "#core/keeping/collection-rules.ts";
import type { KeepMarks } from "#core/keeping/keep-marks.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { Selection } from "#core/listing/selection.ts";
import type { Transfers } from "#core/transfers/transfers.ts";

export interface ByRuleOptions {
  readonly files: CollectionIndex;
  readonly marks: KeepMarks;
  readonly rules: CollectionRules;
  readonly transfers: Transfers;
  /** Collections on the list that are not mine. */
  readonly spaces: () => Iterable<SpaceId>;
  /** Begins the transfer of a collection's rule. @throws `folder-missing`, `folder-unreadable` */
  readonly begin: (space: SpaceId, paths: readonly string[]) => Promise<void>;
  readonly logger: Logger;
}

/** Brings what rules and kept marks ask for, new files as they appear: one transfer for each collection. */
export class ByRule {
  readonly #options: ByRuleOptions;
  /** Looks at every collection with a rule; calls that come together share one look. */
  readonly look: () => Promise<void>;
  /** Collections of which something else is to come than before. */
  readonly #stale = new Set<SpaceId>();
  #isClosed = false;

  constructor(options: ByRuleOptions) {
    this.#options = options;
    this.look = createGroup(async () => {
      for (const space of [...options.spaces()]) {
        if (this.#isClosed) return;
        await this.#lookAt(space).catch((error: unknown) => {
          // No folder to put it into, or no room to write it down: the next look tries again.
          if (!isCoreError(error)) options.logger.bug(error, "by rule");
        });
      }
    });
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The rule or the marks of a collection are others now: what runs may be too much. */
  changed(space: SpaceId): Promise<void> {
    this.#stale.add(space);
    return this.look();
  }

  /** Files that are to come and are not here: paths, or "" when that is simply everything. */
  async missing(space: SpaceId): Promise<readonly string[]> {
    const { files, marks, rules } = this.#options;
    const rule = rules.rule(space);
    const kept = marks.brought(space);
    if (rule.kind === "opened" && kept.length === 0) return [];
    const total = files.total(space);
    if (total.filesHere >= total.files) return [];
    const isAll = rule.kind === "everything" || kept.includes("");
    if (isAll && !marks.hasLetGo(space, "")) return [""];
    const wanted = new Set<string>();
    const found: ListedFile[] = [];
    const keptOnes = new Selection(kept);
    for await (const slice of files.filesBelow(space, ""))
      for (const file of slice) {
        if (file.isHere || marks.isLetGo(space, file.path)) continue;
        if (keptOnes.covers(file.path)) wanted.add(file.path);
        else found.push(file);
      }
    for (const { path } of chosenByRule(rule, found, total.bytesHere))
      wanted.add(path);
    return [...wanted];
  }

  async #lookAt(space: SpaceId): Promise<void> {
    const { transfers, begin } = this.#options;
    const known = transfers.ofRule(space);
    const paths = await this.missing(space);
    if (this.#isClosed) return;
    const isStale = this.#stale.delete(space);
    if (paths.length === 0) {
      // What runs for nothing any more ends; what has all but finished does by itself.
      if (isStale && known !== null && known.stage !== "done")
        await transfers.cancel(known.transfer);
      return;
    }
    if (known === null) {
      await begin(space, paths);
      return;
    }
    if (!isStale && known.stage !== "done" && covers(known.paths, paths))
      return;
    const total = new Selection(paths).total(this.#options.files, space);
    await transfers.setPaths(known.transfer, paths, total);
  }
}

/** Whether a transfer about `before` brings all of `now`. */
function covers(before: readonly string[], now: readonly string[]): boolean {
  const covered = new Selection(before);
  return now.every((path) =>
    path === "" ? before.includes("") : covered.covers(path),
  );
}
