/** Where a command writes. Answers go to one place, everything else to the other. */
export interface Output {
  /** What was asked for: lines of text by default, one JSON value on request. */
  answer(lines: readonly string[], json: unknown): void;
  /** Something to know that is no answer. */
  note(text: string): void;
  /** Why it was not done: a sentence by default, one line of JSON on request. */
  failure(code: string, words: string): void;
  /** How far something is; the next one takes its place where that can be done. */
  progress(text: string): void;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person reads along, and not a file. */
  readonly isTerminal: boolean;
}

/** Back to the start of the line, and nothing after it. */
const OVER = "\r\u001b[K";

/** Readable lines, or JSON for programs. */
export function createOutput(streams: Streams, isJson: boolean): Output {
  let isOver = false;
  function clear(): void {
    if (isOver) streams.err(OVER);
    isOver = false;
  }
  return {
    answer(lines, json) {
      clear();
      if (isJson) streams.out(`${JSON.stringify(json, null, 2)}\n`);
      else for (const line of lines) streams.out(`${plain(line)}\n`);
    },
    note(text) {
      clear();
      streams.err(`${plain(text)}\n`);
    },
    failure(code, words) {
      clear();
      const said = plain(words);
      const line = isJson ? JSON.stringify({ error: code, words: said }) : said;
      streams.err(`${line}\n`);
    },
    progress(text) {
      if (!streams.isTerminal) return;
      streams.err(`${OVER}${plain(text)}`);
      isOver = true;
    },
  };
}

/** Names are isolated for pages; a terminal shows the marks as boxes. */
function plain(text: string): string {
  return text.replaceAll(/[\u2066-\u2069]/gu, "");
}
