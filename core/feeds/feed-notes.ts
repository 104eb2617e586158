import * as v from "valibot";
import {
  entryPlace,
  entryRefSchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import type {
  EntryRef,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { ENTRIES_PER_SUBJECT } from "#core/contract/limits.ts";
import { compareEntries } from "#core/spaces/fold.ts";
import type { PlacedEntry } from "#core/spaces/fold.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import { feedEntrySchema } from "./feed-entries.ts";
import type { FeedEntry } from "./feed-entries.ts";

/** An entry of a feed without its link: what may rest in the index. */
export type NotedEntry =
  | Exclude<FeedEntry, { readonly type: "offer" }>
  | {
      readonly type: "offer";
      readonly title: string;
      readonly offered: boolean;
    };

export interface Noted {
  readonly ref: EntryRef;
  readonly space: SpaceId;
  readonly audience: "contacts" | "link";
  readonly person: PersonId;
  readonly time: HybridTime;
  readonly writtenAt: number;
  readonly arrivedAt: number;
  readonly entry: NotedEntry;
}

const notedOffer = v.object({
  type: v.literal("offer"),
  title: v.string(),
  offered: v.boolean(),
});

/**
 * Adds an entry to the set a subject is folded from; an entry noted before
 * stays as it was. Of each log the first thousand count, which is the same on
 * every device, since a log comes in its own order (EN4).
 */
export function noteEntry(
  index: Database,
  subject: string,
  placed: PlacedEntry,
  entry: FeedEntry,
): void {
  const { log } = entryPlace(placed.ref);
  if (countOf(index, subject, log) >= ENTRIES_PER_SUBJECT) return;
  const { charter } = placed.space;
  const audience = charter.kind === "feed" ? charter.audience : "contacts";
  index.run(
    `INSERT OR IGNORE INTO feed_entries
       (ref, subject, log, space, audience, person, ms, count, written, arrived, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      placed.ref,
      subject,
      log,
      placed.space.id,
      audience,
      placed.person,
      placed.time[0],
      placed.time[1],
      placed.writtenAt,
      placed.arrivedAt,
      JSON.stringify(withoutKeys(entry)),
    ],
  );
  if (entry.type === "profile" || entry.type === "offer")
    keepLatest(index, subject, log);
}

function countOf(index: Database, subject: string, log: LogKey): number {
  const count = index.get(
    "SELECT count(*) AS n FROM feed_entries WHERE subject = ? AND log = ?",
    [subject, log],
    (row) => int(row, "n"),
  );
  return count ?? 0;
}

/** Of what only the last word counts, only the last one of each log is kept: it may change for years. */
function keepLatest(index: Database, subject: string, log: LogKey): void {
  index.run(
    `DELETE FROM feed_entries WHERE subject = ?1 AND log = ?2 AND ref <> (
       SELECT ref FROM feed_entries WHERE subject = ?1 AND log = ?2
       ORDER BY ms DESC, count DESC, length(ref) DESC, ref DESC LIMIT 1)`,
    [subject, log],
  );
}

/** Everything noted about a subject, in the one order of folding. */
export function notedOf(index: Database, subject: string): readonly Noted[] {
  const rows = index.all(
    "SELECT * FROM feed_entries WHERE subject = ?",
    [subject],
    readNoted,
  );
  return [...rows].sort(compareEntries);
}

function withoutKeys(entry: FeedEntry): NotedEntry {
  if (entry.type !== "offer") return entry;
  return { type: "offer", title: entry.title, offered: entry.offered };
}

function readNoted(row: Row): Noted {
  const json: unknown = JSON.parse(text(row, "json"));
  const offer = v.safeParse(notedOffer, json);
  return {
    ref: v.parse(entryRefSchema, text(row, "ref")),
    space: v.parse(spaceIdSchema, text(row, "space")),
    audience: text(row, "audience") === "link" ? "link" : "contacts",
    person: v.parse(personIdSchema, text(row, "person")),
    time: [int(row, "ms"), int(row, "count")],
    writtenAt: int(row, "written"),
    arrivedAt: int(row, "arrived"),
    entry: offer.success ? offer.output : notOffer(json),
  };
}

function notOffer(json: unknown): NotedEntry {
  const entry = v.parse(feedEntrySchema, json);
  return withoutKeys(entry);
}
