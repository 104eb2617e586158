import { PATH_BYTES } from "#core/contract/limits.ts";
import { nameOf, parentOf } from "#core/listing/file-paths.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** A name of a file on most disks, in bytes. */
const NAME_BYTES = 255;

/** What is no part of a name on some disk, or would pretend to be something else. */
const UNFIT = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu;

/**
 * The path of a version that gets a name of its own, beside the file it is one
 * of: `Budget (Ana, 23 Nov 14.05).xlsx`. `number` tells two apart that would be
 * called the same.
 */
export function versionPath(
  path: string,
  person: string,
  at: number,
  number = 1,
): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  const [stem, end] =
    dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const who = person.replace(UNFIT, "").trim();
  const mark = ` (${who === "" ? "?" : who}, ${when(at)}${number === 1 ? "" : ` ${String(number)}`})${end}`;
  const folder = parentOf(path);
  const before = folder === "" ? "" : `${folder}/`;
  const room = Math.min(
    NAME_BYTES - Buffer.byteLength(mark),
    PATH_BYTES - Buffer.byteLength(before + mark),
  );
  return `${before}${cut(stem, Math.max(room, 1))}${mark}`;
}

function when(at: number): string {
  const date = new Date(at);
  const minutes = String(date.getMinutes()).padStart(2, "0");
  return `${String(date.getDate())} ${MONTHS[date.getMonth()] ?? ""} ${String(date.getHours())}.${minutes}`;
}

/** As many whole characters as fit. */
function cut(text: string, bytes: number): string {
  let fitting = "";
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    fitting += character;
  }
  return fitting;
}
