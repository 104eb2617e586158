import {
  LOOK_PICTURE_BYTES,
  LOOK_PICTURE_SIDE,
} from "#core/contract/limits.ts";

/** From large and fine to small and coarse, until one is small enough. */
const TRIES = [
  { side: LOOK_PICTURE_SIDE, quality: 0.8 },
  { side: LOOK_PICTURE_SIDE, quality: 0.6 },
  { side: LOOK_PICTURE_SIDE, quality: 0.4 },
  { side: 240, quality: 0.4 },
  { side: 160, quality: 0.4 },
] as const;

/**
 * Draws something of this size small, as WebP of at most 24 KiB (FI12); base64.
 * Null when it cannot be drawn, or not made small enough.
 */
export async function drawSmall(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<string | null> {
  for (const { side, quality } of TRIES) {
    const scale = Math.min(1, side / Math.max(width, height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
    const context = canvas.getContext("2d");
    if (context === null) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const drawn = await canvas.convertToBlob({ type: "image/webp", quality });
    // Where WebP cannot be written, a PNG comes instead.
    if (drawn.type === "image/webp" && drawn.size <= LOOK_PICTURE_BYTES)
      return toBase64(new Uint8Array(await drawn.arrayBuffer()));
  }
  return null;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
