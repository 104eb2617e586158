import { isDeepStrictEqual } from "node:util";
import { PATH_BYTES, PATH_LEVELS } from "#core/contract/limits.ts";
import {
  nameKey,
  numberedName,
  safeName,
  type Platform,
} from "./naming-rules.ts";

/** Why a foreign path is not taken at all. */
export type Refusal =
  /** Nothing, or nothing between two separators. */
  | "empty"
  /** Begins with a separator or names a drive. */
  | "absolute"
  /** `.` or `..`. */
  | "climbing"
  /** A NUL, or half a character. */
  | "not-text"
  /** More than 1,024 bytes or 32 levels (LI). */
  | "long";

export interface Refused {
  readonly kind: "refused";
  readonly reason: Refusal;
}

export interface SafePath {
  readonly kind: "safe";
  /** The parts to join to the destination folder; none holds a separator. */
  readonly parts: readonly string[];
}

/** What a system somewhere takes for a separator. */
const ANY_SEPARATOR = /[/\\]/;

/**
 * Checks one foreign path and makes each part safe for a disk (FI7). Refused is
 * what would climb or be absolute with either separator, on every system. A
 * path's own separator is `/` alone: a backslash left in a part is a character
 * of its name, and is replaced like other odd ones.
 * Two paths may become the same here: the namer keeps them apart.
 */
export function safePath(path: string, platform: Platform): SafePath | Refused {
  const parts = path.split("/");
  const reason = refusal(path, path.split(ANY_SEPARATOR));
  if (reason !== null) return { kind: "refused", reason };
  return {
    kind: "safe",
    parts: parts.map((part, index) =>
      // `C:x` counts from the drive's own folder on Windows; `A:B` is what a
      // Mac calls "A/B". Neither keeps the colon, on any system.
      safeName(
        index === 0 ? part.replace(/^([A-Za-z]):/, "$1_") : part,
        platform,
      ),
    ),
  };
}

function refusal(path: string, parts: readonly string[]): Refusal | null {
  const first = parts[0] ?? "";
  if (path === "") return "empty";
  if (/[\0\p{Surrogate}]/u.test(path)) return "not-text";
  if (first === "" || /^[A-Za-z]:$/.test(first)) return "absolute";
  if (parts.includes("")) return "empty";
  if (parts.includes(".") || parts.includes("..")) return "climbing";
  const isLong =
    Buffer.byteLength(path) > PATH_BYTES || parts.length > PATH_LEVELS;
  return isLong ? "long" : null;
}

/** Gives each foreign path of one destination folder its own path in it. */
export interface Namer {
  /** The path for a foreign path: always the same one, and never that of another. */
  assign(path: string): SafePath | Refused;
  /**
   * Notes where a foreign path came to lie, when that is not what `assign`
   * said: something of the person's lay there. False, and nothing noted, when
   * `parts` are not safe or belong to another path.
   */
  settle(path: string, parts: readonly string[]): boolean;
  /** The foreign path is no more: its name is free for another one. */
  release(path: string): void;
}

interface Folder {
  readonly kind: "folder";
  readonly name: string;
  /** By kind and foreign part: `a` and `a/b` are a file and a folder. */
  readonly children: Map<string, Folder | File>;
  /** Keys of the names given out here. */
  readonly taken: Set<string>;
  /** For each row of numbered names, the number to try next. */
  readonly next: Map<string, number>;
}

interface File {
  readonly kind: "file";
  name: string;
}

type Choose = (at: Folder, kind: "file" | "folder", index: number) => string;

/**
 * A namer for one destination folder (FI7). What it answers follows from the
 * paths assigned so far, in their order; pass those of earlier runs as
 * `[foreign path, parts joined by "/"]` to keep their names. Pairs that do not
 * hold here (carried over from another system, say) are left out, so their
 * paths are named anew.
 */
export function createNamer(
  platform: Platform,
  assigned: Iterable<readonly [path: string, safe: string]> = [],
): Namer {
  const top = emptyFolder("");

  /** Goes down a path, making what is missing with the name `choose` gives it. */
  function walk(path: string, choose: Choose): readonly (Folder | File)[] {
    let at = top;
    const keys = childKeys(path);
    return keys.map((key, index) => {
      let child = at.children.get(key);
      if (child === undefined) {
        const kind = index === keys.length - 1 ? "file" : "folder";
        const name = choose(at, kind, index);
        child = kind === "file" ? { kind, name } : emptyFolder(name);
        at.children.set(key, child);
        at.taken.add(nameKey(name));
      }
      if (child.kind === "folder") at = child;
      return child;
    });
  }

  function assign(path: string): SafePath | Refused {
    const safe = safePath(path, platform);
    if (safe.kind === "refused") return safe;
    const nodes = walk(path, (at, kind, index) =>
      freeName(at, safe.parts[index] ?? "_", kind),
    );
    return { kind: "safe", parts: nodes.map((node) => node.name) };
  }

  /** Whether each of the parts is the path's own already, or nobody's. */
  function isFree(path: string, parts: readonly string[]): boolean {
    let at: Folder | undefined = top;
    for (const [index, key] of childKeys(path).entries()) {
      const name: string = parts[index] ?? "";
      const child: Folder | File | undefined = at?.children.get(key);
      if (child?.name !== name) {
        // A folder keeps its name: other files lie in it.
        if (child?.kind === "folder") return false;
        if (at?.taken.has(nameKey(name)) === true) return false;
      }
      at = child?.kind === "folder" ? child : undefined;
    }
    return true;
  }

  function settle(path: string, parts: readonly string[]): boolean {
    const known = safePath(path, platform);
    if (known.kind === "refused" || known.parts.length !== parts.length)
      return false;
    const again = safePath(parts.join("/"), platform);
    if (again.kind === "refused" || !isDeepStrictEqual(again.parts, parts))
      return false;
    if (!isFree(path, parts)) return false;
    const nodes = walk(path, (_at, _kind, index) => parts[index] ?? "_");
    const file = nodes.at(-1);
    const last = parts.at(-1);
    const folder = nodes.at(-2) ?? top;
    if (file?.kind === "file" && last !== undefined) file.name = last;
    if (folder.kind === "folder" && last !== undefined)
      folder.taken.add(nameKey(last));
    return true;
  }

  function release(path: string): void {
    let at = top;
    for (const key of childKeys(path)) {
      const child = at.children.get(key);
      if (child?.kind === "folder") at = child;
      else if (child !== undefined) {
        at.children.delete(key);
        at.taken.delete(nameKey(child.name));
        // Numbers begin anew: the freed one may be among those passed.
        at.next.clear();
      }
    }
  }

  for (const [path, safe] of assigned) settle(path, safe.split("/"));
  return { assign, settle, release };
}

function emptyFolder(name: string): Folder {
  return {
    kind: "folder",
    name,
    children: new Map(),
    taken: new Set(),
    next: new Map(),
  };
}

/** One key a level: kind, and the part as it came. */
function childKeys(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((part, index) =>
    index === parts.length - 1 ? `file ${part}` : `folder ${part}`,
  );
}

function freeName(at: Folder, name: string, kind: "file" | "folder"): string {
  if (!at.taken.has(nameKey(name))) return name;
  // Long names are cut for their number, so several may count in one row: the
  // place in a row is kept for each number of digits, and no hostile choice of
  // names makes this search long.
  for (let from = 1; ; from *= 10) {
    const row = nameKey(numberedName(name, from, kind));
    let number = at.next.get(row) ?? Math.max(2, from);
    let candidate: string | null = null;
    while (candidate === null && number < from * 10) {
      const next = numberedName(name, number++, kind);
      if (!at.taken.has(nameKey(next))) candidate = next;
    }
    at.next.set(row, number);
    if (candidate !== null) return candidate;
  }
}
