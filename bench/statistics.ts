/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a part of all values lies, by nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(0, Math.ceil(sorted.length * part) - 1);
  const value = sorted[rank];
  if (value === undefined) throw new Error("no values");
  return value;
}

/** A row of the table of results. */
export interface Result {
  readonly what: string;
  /** The figure as it is read, with its unit. */
  readonly figure: string;
  /** What it was measured beside, in the same run; null when there is nothing to compare. */
  readonly beside: string | null;
}

/** Prints results as a Markdown table. */
export function printTable(results: readonly Result[]): void {
  console.log("| what | measured | beside, in the same run |");
  console.log("| --- | --- | --- |");
  for (const { what, figure, beside } of results)
    console.log(`| ${what} | ${figure} | ${beside ?? "–"} |`);
}

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle of several times, and the longest. */
export function spread(times: readonly number[]): string {
  return `${seconds(median(times))} median, ${seconds(Math.max(...times))} longest`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function rate(bytes: number, ms: number): string {
  return `${(bytes / 1e6 / (ms / 1000)).toFixed(0)} MB/s`;
}
