import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIG, measureFiles, SMALL } from "./measure-files.ts";
import { measurePost } from "./measure-post.ts";
import { measureStart } from "./measure-start.ts";
import { printTable } from "./statistics.ts";
import type { Result } from "./statistics.ts";

/** `npm run bench [start] [post] [files] [small] [big]`: everything when nothing is named. */

/** `BENCH_RUNS=1` while working on something; what is published comes from five. */
const RUNS = Number(process.env["BENCH_RUNS"] ?? 5);
const MEASURES = {
  start: (folder: string) => measureStart(folder, RUNS),
  post: (folder: string) => measurePost(folder),
  small: (folder: string) => measureFiles(folder, RUNS, SMALL),
  big: (folder: string) => measureFiles(folder, RUNS, BIG),
};

const wanted = process.argv
  .slice(2)
  .flatMap((name) => (name === "files" ? ["small", "big"] : [name]));
const folder = await mkdtemp(join(tmpdir(), "commonplace-bench-"));
const results: Result[] = [];
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.error(`measuring ${name} …`);
    results.push(...(await measure(folder)));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
printTable(results);
