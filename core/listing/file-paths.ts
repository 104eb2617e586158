/** The folder a file or folder lies in, "" for the top. */
export function parentOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "" : path.slice(0, end);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Every folder a path lies in, innermost first; the last one is "", the top. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  let at = path;
  while (at !== "") {
    at = parentOf(at);
    folders.push(at);
  }
  return folders;
}

/** The two ends of all paths inside a folder, in the byte order SQLite compares in. */
export function inside(folder: string): readonly [string, string] {
  // U+10FFFF is no character; no name begins with it.
  return folder === "" ? ["", "\u{10ffff}"] : [`${folder}/`, `${folder}0`];
}
