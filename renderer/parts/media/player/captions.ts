/** One line of captions: from and to in seconds, and its words without marks. */
export interface Caption {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Captions of one file that are read; a film of a day has fewer. */
const MOST_CAPTIONS = 20_000;

const TIMES =
  /^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s+-->\s+(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/u;

/** Reads WebVTT and SubRip alike: blocks of a line of times and lines of words. Null when there is none. */
export function readCaptions(text: string): readonly Caption[] | null {
  const found: Caption[] = [];
  for (const block of text.replace(/\r\n?/gu, "\n").split(/\n{2,}/u)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = TIMES.exec(lines[at] ?? "");
    if (times === null) continue;
    const [, h1, m1, s1, f1, h2, m2, s2, f2] = times;
    found.push({
      from: seconds(h1, m1, s1, f1),
      to: seconds(h2, m2, s2, f2),
      text: plain(lines.slice(at + 1).join("\n")),
    });
    if (found.length === MOST_CAPTIONS) break;
  }
  return found.length === 0 ? null : found;
}

/** Captions as WebVTT, for a track of the player. */
export function asVtt(captions: readonly Caption[]): string {
  const cues = captions.map(
    ({ from, to, text }) =>
      // An arrow or an empty line would begin another block.
      `${stamp(from)} --> ${stamp(to)}\n${escaped(text)}`,
  );
  return `WEBVTT\n\n${cues.join("\n\n")}\n`;
}

function seconds(
  hours = "0",
  minutes = "0",
  secs = "0",
  fraction = "0",
): number {
  return (
    Number(hours) * 3600 +
    Number(minutes) * 60 +
    Number(secs) +
    Number(fraction.padEnd(3, "0")) / 1000
  );
}

/** The words without tags, positions and entities. */
function plain(text: string): string {
  return text
    .replace(/<[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}/gu, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .slice(0, 1_000)
    .trim();
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\n{2,}/gu, "\n");
}

function stamp(at: number): string {
  const ms = Math.round(at * 1000);
  const part = (value: number, digits: number) =>
    String(value).padStart(digits, "0");
  return `${part(Math.floor(ms / 3_600_000), 2)}:${part(Math.floor(ms / 60_000) % 60, 2)}:${part(Math.floor(ms / 1000) % 60, 2)}.${part(ms % 1000, 3)}`;
}
