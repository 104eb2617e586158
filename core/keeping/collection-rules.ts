import * as v from "valibot";
import { FILE_KINDS } from "#core/contract/keeping-models.ts";
import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { spaceIdSchema } from "#core/contract/ids.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** What was never chosen: only what I open. */
const OPENED: CollectionRule = { kind: "opened" };

const ruleSchema = v.fallback(
  v.variant("kind", [
    v.object({ kind: v.literal("opened") }),
    v.object({ kind: v.literal("everything") }),
    v.object({ kind: v.literal("up-to"), bytes: v.number() }),
    v.object({
      kind: v.literal("kinds"),
      kinds: v.array(v.picklist(FILE_KINDS)),
    }),
  ]),
  { kind: "opened" },
);

interface Known {
  readonly rule: CollectionRule;
  readonly isPaused: boolean;
}

/** What comes of each collection by itself, and whether it is paused; durable. */
export class CollectionRules {
  readonly #local: Database;
  readonly #known = new Map<SpaceId, Known>();

  constructor(local: Database) {
    this.#local = local;
    const rows = local.all(
      "SELECT * FROM collection_rules",
      [],
      (row) =>
        [
          v.parse(spaceIdSchema, text(row, "space")),
          {
            rule: v.parse(ruleSchema, JSON.parse(text(row, "rule"))),
            isPaused: int(row, "paused") === 1,
          },
        ] as const,
    );
    for (const [space, known] of rows) this.#known.set(space, known);
  }

  rule(space: SpaceId): CollectionRule {
    return this.#known.get(space)?.rule ?? OPENED;
  }

  isPaused(space: SpaceId): boolean {
    return this.#known.get(space)?.isPaused ?? false;
  }

  setRule(space: SpaceId, rule: CollectionRule): void {
    this.#write(space, { rule, isPaused: this.isPaused(space) });
  }

  setPaused(space: SpaceId, isPaused: boolean): void {
    this.#write(space, { rule: this.rule(space), isPaused });
  }

  #write(space: SpaceId, known: Known): void {
    this.#local.run(
      `INSERT OR REPLACE INTO collection_rules (space, rule, paused)
       VALUES (?, ?, ?)`,
      [space, JSON.stringify(known.rule), known.isPaused ? 1 : 0],
    );
    this.#known.set(space, known);
  }
}
