/** A text and how it was written down. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16" | "Windows-1252";
}

/**
 * Reads bytes as text: by their mark, as UTF-8 where that fits, else as the
 * encoding of old Windows and Latin-1 texts. Null for what is no text.
 *
 * @param isCut the bytes end where it pleased us, perhaps inside a letter
 */
export function decodeText(
  bytes: Uint8Array,
  isCut: boolean,
): DecodedText | null {
  const [first, second] = bytes;
  const isWide =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isWide) {
    const label = first === 0xff ? "utf-16le" : "utf-16be";
    return { text: new TextDecoder(label).decode(bytes), encoding: "UTF-16" };
  }
  if (isBinary(bytes)) return null;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const text = decoder.decode(bytes, { stream: isCut });
    return { text, encoding: "UTF-8" };
  } catch {
    const text = new TextDecoder("windows-1252").decode(bytes);
    return { text, encoding: "Windows-1252" };
  }
}

/** Texts hold no NUL, and hardly a control character. */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64 * 1024);
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) controls += 1;
  }
  return controls > head.length / 50;
}
