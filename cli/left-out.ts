import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FolderExcludes,
  LeftOutItem,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
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

/** "Left out: notes.tmp (temporary), .git (hidden), 2 more." A folder is named once for all in it. */
export function leftOutLine({
  leftOut,
}: Pick<SharePreview, "leftOut">): string | null {
  if (leftOut.length === 0) return null;
  const first = leftOut.slice(0, NAMED).map(named);
  const others = leftOut.length - first.length;
  const more = others > 0 ? [`${others.toLocaleString("en")} more`] : [];
  return `Left out: ${[...first, ...more].join(", ")}.`;
}

function named({ path, kind }: LeftOutItem): string {
  return `${foreignLine(path)} (${leftOutWords(kind)})`;
}
