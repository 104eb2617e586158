const STEPS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A size in decimal units: "812 bytes", "3.4 MB", "120 GB". */
export function sizeWords(bytes: number): string {
  let size = bytes;
  let step = 0;
  while (size >= 999.5 && step < STEPS.length - 1) {
    size /= 1000;
    step += 1;
  }
  const digits = step > 0 && size < 9.95 ? 1 : 0;
  const figure = new Intl.NumberFormat("en", {
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  }).format(size);
  return `${figure} ${step === 0 && bytes === 1 ? "byte" : (STEPS[step] ?? "TB")}`;
}

/** "3.1 MB/s"; empty when nothing moves. */
export function speedWords(bytesPerSecond: number): string {
  return bytesPerSecond < 1 ? "" : `${sizeWords(bytesPerSecond)}/s`;
}

/** "1.2 of 3.4 GB". */
export function partWords(done: number, total: number): string {
  return `${sizeWords(done)} of ${sizeWords(total)}`;
}
