/** A picture with no side longer than this, in pixels. */
const SIDE = 512;
const QUALITIES = [0.9, 0.75, 0.5] as const;

/**
 * A picture made small enough for a face: at most 512 pixels on each side and
 * at most `limitBytes`, PNG where it was and fits, else JPEG. One that fits
 * already stays as it is. Null when the file cannot be drawn, or not made
 * small enough.
 */
export async function shrinkPicture(
  file: File,
  limitBytes: number,
): Promise<File | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  const scale = SIDE / Math.max(width, height);
  if (scale >= 1 && file.size <= limitBytes) {
    bitmap.close();
    return file;
  }
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * Math.min(1, scale))),
    Math.max(1, Math.round(height * Math.min(1, scale))),
  );
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const stem = file.name.replace(/\.[^.]*$/u, "") || "picture";
  if (file.type === "image/png") {
    const drawn = await canvas.convertToBlob({ type: "image/png" });
    if (drawn.size <= limitBytes) return named(drawn, `${stem}.png`);
  }
  // JPEG knows no transparency: what shone through becomes white, not black.
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const drawn = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (drawn.size <= limitBytes) return named(drawn, `${stem}.jpg`);
  }
  return null;
}

function named(bytes: Blob, name: string): File {
  return new File([bytes], name, { type: bytes.type });
}
