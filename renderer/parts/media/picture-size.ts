/** Width and height of a picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How much of a picture's beginning is read to find its size; cameras put a lot before it. */
export const PICTURE_HEAD_BYTES = 512 * 1024;

/** The size a picture says it has, from its first bytes, before anything is drawn; null when it says none. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = (at: number, text: string) =>
    text.length + at <= bytes.length &&
    Array.from(text).every(
      (letter, place) => bytes[at + place] === letter.charCodeAt(0),
    );
  try {
    if (begins(1, "PNG"))
      return { width: view.getUint32(16), height: view.getUint32(20) };
    if (begins(0, "GIF8"))
      return {
        width: view.getUint16(6, true),
        height: view.getUint16(8, true),
      };
    if (begins(0, "BM"))
      return {
        width: Math.abs(view.getInt32(18, true)),
        height: Math.abs(view.getInt32(22, true)),
      };
    if (begins(0, "RIFF") && begins(8, "WEBP")) return webpSize(view, begins);
    if (begins(4, "ftyp")) return boxSize(bytes, view);
    return view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
  } catch {
    // It ended before it said.
    return null;
  }
}

function webpSize(
  view: DataView,
  begins: (at: number, text: string) => boolean,
): PictureSize | null {
  if (begins(12, "VP8X"))
    return {
      width: 1 + (view.getUint32(24, true) & 0xffffff),
      height: 1 + (view.getUint32(26, true) >>> 8),
    };
  if (begins(12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return {
      width: 1 + (bits & 0x3fff),
      height: 1 + ((bits >>> 14) & 0x3fff),
    };
  }
  return begins(12, "VP8 ")
    ? {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      }
    : null;
}

/** Walks the segments of a JPEG to the one that begins a frame. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const mark = view.getUint8(at + 1);
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    const isFrame =
      mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);
    if (isFrame)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
}

/** The largest `ispe` box of an AVIF; its tiles and its whole each have one. */
function boxSize(bytes: Uint8Array, view: DataView): PictureSize | null {
  let found: PictureSize | null = null;
  for (let at = 0; at + 16 <= bytes.length; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const width = view.getUint32(at + 8);
    const height = view.getUint32(at + 12);
    if (found === null || width * height > found.width * found.height)
      found = { width, height };
  }
  return found;
}
