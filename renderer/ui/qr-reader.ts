/** The text of the code in RGBA pixels, dark on light or light on dark; null when there is none. */
export type QrReader = (
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
) => string | null;

/** Loads the reader; only whoever opens an invite by picture needs it. */
export async function loadQrReader(): Promise<QrReader> {
  const { default: module } = await import("jsqr");
  const read = typeof module === "function" ? module : module.default;
  return (pixels, width, height) => {
    const found = read(pixels, width, height, {
      inversionAttempts: "attemptBoth",
    });
    return found === null || found.data === "" ? null : found.data;
  };
}
