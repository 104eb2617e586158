/** The folder below a folder in which something lies; null for what lies right in it. */
export function foundIn(path: string, folder: string): string | null {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (folder === "") return parent === "" ? null : parent;
  return parent.startsWith(`${folder}/`)
    ? parent.slice(folder.length + 1)
    : null;
}
