const LONGEST_SIDE = 1600;

/** The text in a QR picture, or null when none is found or the picture cannot be drawn. */
export async function readQr(picture: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  if (bitmap === null) return null;
  const scale = Math.min(
    1,
    LONGEST_SIDE / Math.max(bitmap.width, bitmap.height),
  );
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return null;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  // Only whoever opens an invite by picture needs the reader.
  const { default: reader } = await import("jsqr");
  const read = typeof reader === "function" ? reader : reader.default;
  return read(data, width, height)?.data ?? null;
}
