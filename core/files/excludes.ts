import picomatch from "picomatch";
import type { FolderExcludes } from "#core/contract/watching-models.ts";

/** Why a chosen rule leaves something out. */
export type ExcludeReason = "hidden" | "temporary" | "pattern";

/** Decides what is left out by choice. */
export interface Excludes {
  /** For one file or folder, its folders not looked at: for whoever walks down from the top. */
  reasonFor(path: string): ExcludeReason | null;
  /** Also when a folder it lies in is left out. */
  covers(path: string): boolean;
}

/** What is chosen when nothing else was. */
export const DEFAULT_EXCLUDES: FolderExcludes = {
  hidden: false,
  temporary: true,
  patterns: [],
};

/**
 * What systems and programs leave behind and nobody means to share: on Mac,
 * Windows, Linux; half-done downloads; copies editors make while they write;
 * the insides of version control and packages that are fetched anyway.
 */
const TEMPORARY = [
  ".DS_Store",
  "._*",
  ".Spotlight-V100",
  ".Trashes",
  ".fseventsd",
  ".TemporaryItems",
  "Thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  "$RECYCLE.BIN",
  "System Volume Information",
  ".Trash-*",
  "lost+found",
  ".nfs*",
  ".fuse_hidden*",
  ".~lock.*",
  "~$*",
  "*.tmp",
  "*.temp",
  "*.part",
  "*.partial",
  "*.crdownload",
  "*.!qB",
  "*.swp",
  "*.swo",
  "*~",
  ".#*",
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "__pycache__",
];

const OPTIONS = { dot: true, nocase: true, noextglob: true } as const;
/** More stars in one part of a pattern, or double ones in all, are not taken: they multiply what has to be tried. */
const STARS_MAX = 3;

/** Reads a choice; a pattern that makes no sense leaves nothing out. */
export function createExcludes(choice: FolderExcludes): Excludes {
  const isTemporary = picomatch(TEMPORARY.map(literal), OPTIONS);
  const isChosen = choice.patterns.flatMap((pattern) => {
    const matcher = compile(pattern);
    return matcher === null ? [] : [matcher];
  });

  function reasonFor(path: string): ExcludeReason | null {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (isChosen.some((matches) => matches(path, name))) return "pattern";
    if (choice.temporary && isTemporary(name)) return "temporary";
    if (choice.hidden && name.startsWith(".")) return "hidden";
    return null;
  }

  return {
    reasonFor,
    covers(path) {
      for (
        let end = path.indexOf("/");
        end >= 0;
        end = path.indexOf("/", end + 1)
      )
        if (reasonFor(path.slice(0, end)) !== null) return true;
      return reasonFor(path) !== null;
    },
  };
}

/** Only `*`, `?`, `[…]` and `{…}` mean something; what else a pattern could say may take for ever to try. */
function literal(pattern: string): string {
  return pattern.replace(/[$!#+()|^@]/g, "\\$&");
}

function hasTooManyStars(pattern: string): boolean {
  const parts = pattern.split("/");
  return (
    parts.filter((part) => part === "**").length > STARS_MAX ||
    parts.some((part) => (part.match(/\*/g) ?? []).length > STARS_MAX)
  );
}

type Matcher = (path: string, name: string) => boolean;

function compile(pattern: string): Matcher | null {
  const trimmed = pattern
    .trim()
    .replaceAll("\\", "/")
    .replace(/\*{3,}/g, "**")
    .replace(/^\.?\/+|\/+$/g, "");
  if (trimmed === "") return null;
  if (hasTooManyStars(trimmed)) return null;
  try {
    const matches = picomatch(literal(trimmed), OPTIONS);
    return trimmed.includes("/")
      ? (path) => matches(path)
      : (_path, name) => matches(name);
  } catch {
    return null;
  }
}
