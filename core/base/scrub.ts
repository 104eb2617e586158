/** Frames of a stack, whose file names are ours and stay. */
const FRAME = /^\s+at .*$/;
const FILE_OF_FRAME =
  /(?:[a-z]+:\/\/|[A-Za-z]:|\/|\.\.?\/)[^()]*[\\/](?=[^\\/()]+$|[^\\/()]+\)$)/;
/** What stands in quotation marks comes from outside: names, paths, words. */
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`/g;
/** From the first separator of a path to the end of the line: names may hold blanks. */
const PATH = /(?:[a-z]+:\/\/|[A-Za-z]:[\\/]|\\\\|\.{0,2}\/)\S.*$/gim;
const ADDRESS =
  /\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?|\[?(?:[0-9a-f]{0,4}:){2,}[0-9a-f.%]*\]?/gi;
/** Keys and ids in any of their spellings. */
const KEY = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/**
 * The text of an error as it may stand in a log: what kind it is and where in our
 * code, and nothing that came from a person, a disk or a network (M6).
 */
export function scrub(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line) =>
      FRAME.test(line)
        ? line.replace(FILE_OF_FRAME, "").replace(KEY, "…")
        : line
            .replace(QUOTED, "…")
            .replace(PATH, "…")
            .replace(ADDRESS, "…")
            .replace(KEY, "…"),
    )
    .join("\n");
}
