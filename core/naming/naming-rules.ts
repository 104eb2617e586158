/**
 * The systems whose disks differ in what a name may be.
 * A folder on a FAT or NTFS disk follows `win32` wherever it is mounted.
 */
export type Platform = "linux" | "darwin" | "win32";

/** The longest name every common disk takes, in UTF-8 bytes. */
export const NAME_BYTES = 255;

/** Names that begin so are ours: unfinished files lie there (FI4). */
export const OWN_PREFIX = ".commonplace-";

/*
 * Which rules hold everywhere, and which only where the disk asks for them:
 *
 * Everywhere: reserved device names, dots and spaces at the end, characters
 * that cannot be seen or that turn the text around. Nobody misses these, they
 * make a name say something else than it is, and a folder is often carried to
 * a Windows computer or onto a stick later; a file called `con` could not even
 * be deleted there.
 *
 * By system: < > : " | ? *, which people do use in titles. Replacing them on a
 * disk that takes them would rename good files for nothing.
 */

// Controls, line breaks, unassigned code points (macOS refuses them), the
// characters that change the direction of text.
const UNREADABLE = /[\p{Cc}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}\uFFF9-\uFFFB]/gu;

// Characters without any shape, except those that emoji and several scripts
// are spelled with: joiners, variation selectors, tags.
const SHAPELESS =
  /(?![\p{Join_Control}\p{Variation_Selector}\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;

// Of nearly all names; nothing of the above, and one form only.
const PLAIN = /^[\x20-\x7e]*$/;

const FORBIDDEN: Readonly<Record<Platform, RegExp>> = {
  linux: /[/\\]/g,
  // The Finder shows ":" as "/".
  darwin: /[/\\:]/g,
  win32: /[/\\<>:"|?*]/g,
};

// Windows takes these for devices, whatever the ending and the case.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

// A short name that Windows may have given to another file on its own.
const SHORT_NAME = /^([^.~]{1,6})~(\d{1,6}(?:\.[^.]{0,3})?)$/;

// Names that make other programs act by themselves: git runs commands from a
// `.git/config` as soon as a prompt asks for its status; Windows reads the
// other two when a folder or a disk is shown.
const ACTING = new Set([".GIT", "DESKTOP.INI", "AUTORUN.INF"]);

const EXTENSION = /(?:\.tar)?\.[^. ]{1,16}$/iu;

/**
 * The name a foreign name gets on disk: readable, allowed, at most 255 bytes,
 * in NFC, and the same again when put through again. Not unique: that is the
 * namer's work. `part` is one part of a path that was not refused.
 */
export function safeName(part: string, platform: Platform): string {
  const seen = PLAIN.test(part)
    ? part
    : part.normalize("NFC").replace(UNREADABLE, "_").replace(SHAPELESS, "_");
  const name = endSafely(seen.replace(FORBIDDEN[platform], "_"));
  // After the end was made safe: that can make a short name of one that was none.
  const long = platform === "win32" ? name.replace(SHORT_NAME, "$1_$2") : name;
  return endSafely(shorten(defuse(long), NAME_BYTES));
}

/** `a.txt` with number 2 is `a (2).txt`; at most 255 bytes. Folders have no ending to keep. */
export function numberedName(
  name: string,
  number: number,
  kind: "file" | "folder",
): string {
  const [stem, extension] = kind === "file" ? splitExtension(name) : [name, ""];
  const tail = ` (${String(number)})${extension}`;
  return cut(stem, NAME_BYTES - Buffer.byteLength(tail)) + tail;
}

/**
 * Equal for two names that any common disk takes for one: compared in one
 * normal form, without case, without ignorable characters. Some disks tell
 * more names apart; none tells fewer.
 */
export function nameKey(name: string): string {
  if (PLAIN.test(name)) return name.toUpperCase();
  return (
    name
      .normalize("NFD")
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      // Three steps: ϴ and θ, or the Kelvin sign and k, meet only in the third.
      .toUpperCase()
      .toLowerCase()
      .toUpperCase()
      .normalize("NFD")
  );
}

/** Stem and ending (with its dot; "" when there is none) of a file's name. */
function splitExtension(name: string): readonly [string, string] {
  const at = EXTENSION.exec(name)?.index ?? name.length;
  return at === 0 ? [name, ""] : [name.slice(0, at), name.slice(at)];
}

function endSafely(name: string): string {
  return name.replace(/[. ]+$/, (end) => "_".repeat(end.length));
}

function defuse(name: string): string {
  const dot = name.indexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  if (DEVICE.test(stem.trimEnd())) return `${stem}_${name.slice(stem.length)}`;
  const key = nameKey(name);
  const isOurs = key.startsWith(OWN_PREFIX.toUpperCase());
  // Without what some disks ignore, nothing or only dots may be left.
  return /^\.*$/.test(key) || isOurs || ACTING.has(key) ? `_${name}` : name;
}

function shorten(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  const [stem, extension] = splitExtension(name);
  return cut(stem, bytes - Buffer.byteLength(extension)) + extension;
}

/** The longest beginning of at most `bytes`, between two characters. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = 0;
  let length = 0;
  for (const character of text) {
    kept += Buffer.byteLength(character);
    if (kept > bytes) break;
    length += character.length;
  }
  return text.slice(0, length);
}
