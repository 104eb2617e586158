import * as v from "valibot";
import { spaceIdSchema } from "#core/contract/ids.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { PlacedSum } from "#core/keeping/room-picture.ts";
import { ENDING } from "#core/folders/local-tables.ts";
import { inside } from "#core/listing/file-paths.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { PLACES } from "./placed-files.ts";

/** Summing up takes this part of the time at most while files come: it goes through all of them. */
const REST_FACTOR = 20;

/** Exported for its test, which sees how it is answered. */
export const SUMS = `SELECT d.space AS space, s.ending AS ending, s.files AS files, s.bytes AS bytes
  FROM (SELECT destination, ${ENDING} AS ending, count(*) AS files, sum(size) AS bytes
    FROM saved_files WHERE destination IN (${PLACES}) GROUP BY destination, ending) s
  JOIN destinations d ON d.id = s.destination`;

/** How much of others lies on this computer, by collection and by ending. What came just now may be left out for a moment. */
export class PlacedSums {
  readonly #local: Database;
  readonly #clock: Pick<Clock, "monotonic">;
  #known: readonly PlacedSum[] | null = null;
  #restsUntil = 0;

  constructor(local: Database, clock: Pick<Clock, "monotonic">) {
    this.#local = local;
    this.#clock = clock;
  }

  get now(): readonly PlacedSum[] {
    const start = this.#clock.monotonic();
    if (this.#known !== null && start < this.#restsUntil) return this.#known;
    this.#known = this.#local.all(SUMS, [], (row) => ({
      space: v.parse(spaceIdSchema, text(row, "space")),
      ending: text(row, "ending"),
      files: int(row, "files"),
      bytes: int(row, "bytes"),
    }));
    const end = this.#clock.monotonic();
    this.#restsUntil = end + (end - start) * REST_FACTOR;
    return this.#known;
  }

  /** Files went: that is seen at once. */
  forget(): void {
    this.#known = null;
  }

  /** Bytes of a file, or of all in a folder; "" is everything. */
  below(space: SpaceId, path: string): number {
    const [start, end] = inside(path);
    return (
      this.#local.get(
        `SELECT coalesce(sum(size), 0) AS bytes FROM saved_files
         WHERE destination IN (${PLACES} AND d.space = ?1)
           AND (path = ?2 OR path > ?3 AND path < ?4)`,
        [space, path, start, end],
        (row) => int(row, "bytes"),
      ) ?? 0
    );
  }
}
