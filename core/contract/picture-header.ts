/** How much of a picture's beginning is read to find its size; cameras put a lot before it. */
export const PICTURE_HEAD_BYTES = 512 * 1024;

/** How large a picture says it is, in pixels. */
export interface PictureHeader {
  readonly type:
    | "image/png"
    | "image/jpeg"
    | "image/gif"
    | "image/webp"
    | "image/bmp"
    | "image/avif";
  readonly width: number;
  readonly height: number;
}

type Read = (view: DataView) => PictureHeader | null;

/**
 * Reads a picture's type and size from its first bytes, without decoding
 * anything. Null for what is no picture of a known type, and for one whose
 * header is cut off or makes no sense. Never throws.
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of [png, jpeg, gif, webp, bmp, avif]) {
    const header = guarded(read, view);
    if (header !== null) return header;
  }
  return null;
}

/** Reading beyond the end is the sign of a header that is cut off. */
function guarded(read: Read, view: DataView): PictureHeader | null {
  try {
    const header = read(view);
    return header !== null && header.width > 0 && header.height > 0
      ? header
      : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function letters(view: DataView, at: number, count: number): string {
  let text = "";
  for (let index = at; index < at + count; index++)
    text += String.fromCharCode(view.getUint8(index));
  return text;
}

const png: Read = (view) =>
  view.getUint32(0) === 0x89504e47 &&
  view.getUint32(4) === 0x0d0a1a0a &&
  letters(view, 12, 4) === "IHDR"
    ? {
        type: "image/png",
        width: view.getUint32(16),
        height: view.getUint32(20),
      }
    : null;

const gif: Read = (view) =>
  /^GIF8[79]a$/.test(letters(view, 0, 6))
    ? {
        type: "image/gif",
        width: view.getUint16(6, true),
        height: view.getUint16(8, true),
      }
    : null;

const bmp: Read = (view) =>
  letters(view, 0, 2) === "BM" && view.getUint32(14, true) >= 40
    ? {
        type: "image/bmp",
        width: Math.abs(view.getInt32(18, true)),
        // A negative height is a picture that is stored from its top.
        height: Math.abs(view.getInt32(22, true)),
      }
    : null;

/** Segments of a JPEG file looked at before the one with the size. */
const JPEG_SEGMENTS = 256;

const jpeg: Read = (view) => {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  for (let segment = 0; segment < JPEG_SEGMENTS; segment++) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    // Frames: all of C0 to CF but the tables among them.
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        type: "image/jpeg",
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
      };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
};

const webp: Read = (view) => {
  if (letters(view, 0, 4) !== "RIFF" || letters(view, 8, 4) !== "WEBP")
    return null;
  const type = "image/webp";
  switch (letters(view, 12, 4)) {
    case "VP8 ":
      return view.getUint8(23) === 0x9d
        ? {
            type,
            width: view.getUint16(26, true) & 0x3fff,
            height: view.getUint16(28, true) & 0x3fff,
          }
        : null;
    case "VP8L": {
      if (view.getUint8(20) !== 0x2f) return null;
      const bits = view.getUint32(21, true);
      return {
        type,
        width: (bits & 0x3fff) + 1,
        height: ((bits >>> 14) & 0x3fff) + 1,
      };
    }
    case "VP8X":
      return {
        type,
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
};

const avif: Read = (view) => {
  if (letters(view, 4, 4) !== "ftyp" || !/^avi[fs]$/.test(letters(view, 8, 4)))
    return null;
  // The largest of the sizes it names: a grid of pictures is larger than each.
  let largest: PictureHeader | null = null;
  const end = Math.min(view.byteLength - 16, PICTURE_HEAD_BYTES);
  for (let at = 0; at < end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // "ispe"
    const width = view.getUint32(at + 8);
    const height = view.getUint32(at + 12);
    if (largest === null || width * height > largest.width * largest.height)
      largest = { type: "image/avif", width, height };
  }
  return largest;
};
