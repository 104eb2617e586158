import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { fileKind } from "./file-kind.ts";

/** A file that is not here, as far as a rule looks at it. */
export interface MissingFile {
  readonly path: string;
  readonly size: number;
  readonly mediaType: string;
  /** When the file was changed, by its maker's clock. */
  readonly changedAt: number;
}

/**
 * Which of the files that are not here a rule brings. "Up to" takes the newest
 * first, as long as it fits beside `bytesHere`.
 */
export function chosenByRule(
  rule: CollectionRule,
  missing: readonly MissingFile[],
  bytesHere: number,
): readonly MissingFile[] {
  switch (rule.kind) {
    case "opened":
      return [];
    case "everything":
      return missing;
    case "kinds": {
      const kinds = new Set(rule.kinds);
      return missing.filter(({ mediaType }) => kinds.has(fileKind(mediaType)));
    }
    case "up-to": {
      let left = rule.bytes - bytesHere;
      const newest = [...missing].sort((a, b) => b.changedAt - a.changedAt);
      return newest.filter(({ size }) => {
        if (size > left) return false;
        left -= size;
        return true;
      });
    }
  }
}
