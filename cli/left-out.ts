import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FolderExcludes,
  LeftOutItem,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { plural } from "#renderer/words/time.ts";
import { leftOutWords } from "#renderer/words/watching.ts";
import type { App } from "./app.ts";

const NAMED = 5;

/** What was left out of a folder that was just shared, in a sentence; null when nothing was. */
export async function leftOutOf(
  app: Pick<App, "until">,
  collection: SpaceId,
  excludes: FolderExcludes,
  signal: AbortSignal,
): Promise<string | null> {
  const folder = { kind: "collection", collection } as const;
  const counted = await app.until(
    "sharePreview",
    { folder, excludes },
    (preview) =>
      preview !== null &&
      (preview.stage === "done" || preview.problem !== null),
    signal,
  );
  return counted === null ? null : leftOutLine(counted);
}

/** "2 files left out: notes.tmp (temporary), door (a link to elsewhere)." */
export function leftOutLine(
  of: Pick<SharePreview, "temporary" | "unshareable" | "leftOut">,
): string | null {
  const count = of.temporary.files + of.unshareable;
  if (count === 0) return null;
  const first = of.leftOut.slice(0, NAMED).map(named);
  if (first.length === 0) return `${plural(count, "file")} left out.`;
  const more =
    count > first.length
      ? [`${(count - first.length).toLocaleString("en")} more`]
      : [];
  return `${plural(count, "file")} left out: ${[...first, ...more].join(", ")}.`;
}

function named({ path, kind }: LeftOutItem): string {
  return `${foreignLine(path)} (${leftOutWords(kind)})`;
}
