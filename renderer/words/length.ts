/** How long a film or sound is: "0:07", "12:34", "1:02:03". */
export function lengthWords(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
