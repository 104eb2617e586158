import { after } from "./clock.ts";
import { qrCode } from "./qr-code.ts";

/** The least side of a saved code, in pixels. */
const SIDE = 900;

/** A download has been begun by then. */
const SAVED_MS = 10_000;

/** The code of a link as a PNG of at least 900 pixels, black on white, whole pixels a module. */
export async function qrPicture(link: string): Promise<Blob> {
  const { size, rows } = qrCode(link);
  const scale = Math.ceil(SIDE / size);
  const canvas = new OffscreenCanvas(size * scale, size * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas to draw on");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "black";
  rows.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) context.fillRect(x * scale, y * scale, scale, scale);
    });
  });
  return canvas.convertToBlob({ type: "image/png" });
}

/** Hands a picture to the person as a download. */
export function savePicture(picture: Blob, name: string): void {
  const address = URL.createObjectURL(picture);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  after(SAVED_MS, () => URL.revokeObjectURL(address));
}
