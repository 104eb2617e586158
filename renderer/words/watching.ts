import type {
  FolderExcludes,
  FolderWatchRow,
  LeftOutKind,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { errorWords } from "./errors.ts";
import { sizeWords } from "./size.ts";
import { plural } from "./time.ts";

/** How an own folder stands, in a few words: "Watching · 3 changes in a moment". */
export function watchWords(watch: FolderWatchRow): string {
  const { stage, live, everyMs } = watch;
  switch (stage.stage) {
    case "checking":
      return "Looking for changes…";
    case "pending":
      return `Watching · ${plural(stage.changes, "change")} in a moment`;
    case "sharing":
      return stage.total > 1
        ? `Sharing ${plural(stage.total, "change")} · ${stage.done.toLocaleString("en")} done`
        : "Sharing a change";
    case "asking":
      return `${plural(stage.gone, "file")} gone, not shared yet`;
    case "missing":
      return "The folder is not there";
    case "failed":
      return errorWords(stage.problem).what;
    case "rests":
      if (!live) return "Changes are shared when you say so";
      return everyMs === null
        ? "Up to date · Watching"
        : `Checks every ${plural(Math.round(everyMs / 60_000), "minute")} on this drive`;
  }
}

/** "3,412 files, 8.1 GB". */
export function countWords(of: {
  readonly files: number;
  readonly bytes: number;
}): string {
  return `${plural(of.files, "file")}, ${sizeWords(of.bytes)}`;
}

/** What the count of a folder says so far. */
export function previewWords(preview: SharePreview | null | undefined): string {
  if (preview === null || preview === undefined) return "Counting files…";
  if (preview.problem !== null) return errorWords(preview.problem).what;
  const words = countWords(preview.shared);
  return preview.stage === "counting" ? `${words} so far…` : words;
}

const kinds: Readonly<Record<LeftOutKind, string>> = {
  hidden: "hidden",
  temporary: "temporary",
  litter: "temporary",
  pattern: "matches your list",
  link: "a link to elsewhere",
  special: "not an ordinary file",
  unreadable: "cannot be read",
  name: "its name cannot be read",
  long: "its path is too long",
  "app-data": "this app keeps its data there",
};

/** Why something is left out. */
export function leftOutWords(kind: LeftOutKind): string {
  return kinds[kind];
}

/** "1 file was left out: its name cannot be read." Null when none was. */
export function unnamedWords(files: number): string | null {
  if (files === 0) return null;
  return files === 1
    ? "1 file was left out: its name cannot be read."
    : `${plural(files, "file")} were left out: their names cannot be read.`;
}

/** "2 empty folders are not shared: only files are." Null when there is none. */
export function emptyFoldersWords(folders: number): string | null {
  if (folders === 0) return null;
  const are = folders === 1 ? "is" : "are";
  return `${plural(folders, "empty folder")} ${are} not shared: only files are.`;
}

/** What is chosen to be left out, in one line; null when nothing is. */
export function excludesWords(excludes: FolderExcludes): string | null {
  const { hidden, temporary, patterns } = excludes;
  const kinds = [
    ...(hidden ? ["hidden"] : []),
    ...(temporary ? ["temporary"] : []),
  ];
  const named =
    patterns.length > 0 ? plural(patterns.length, "name") + " you chose" : "";
  const files = kinds.length > 0 ? `${kinds.join(" and ")} files` : "";
  const both = [files, named].filter((it) => it !== "").join(", ");
  return both === "" ? null : `Without ${both}`;
}
