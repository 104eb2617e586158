import { loadQrReader } from "./qr-reader.ts";

/** No side of what is looked at is longer; the reader takes a second for more. */
const LONGEST_SIDE = 2400;
const SCALES = [1, 0.5, 1.5, 2] as const;
/** The first look: what a camera or a screenshot gives is found at this size. */
const FIRST_SIDE = 1600;

/**
 * The text in a QR picture, or null when none is found or the picture cannot
 * be drawn. Several sizes are tried, dark on light and light on dark; `quick`
 * tries the two likeliest, for pictures that are rarely codes.
 */
export async function readQr(
  picture: Blob,
  patience: "quick" | "patient" = "patient",
): Promise<string | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  if (bitmap === null) return null;
  const read = await loadQrReader();
  const side = Math.max(bitmap.width, bitmap.height);
  const sides = SCALES.map((scale) =>
    Math.min(LONGEST_SIDE, Math.min(side, FIRST_SIDE) * scale),
  );
  try {
    for (const wanted of patience === "quick" ? sides.slice(0, 2) : sides) {
      const pixels = drawn(bitmap, wanted / side);
      if (pixels === null) return null;
      const found = read(pixels.data, pixels.width, pixels.height);
      if (found !== null) return found;
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, scale: number): ImageData | null {
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return null;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
