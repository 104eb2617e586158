import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureFiles } from "./measure-files.ts";
import { measurePost } from "./measure-post.ts";
import { measureStart } from "./measure-start.ts";
import { printTable } from "./statistics.ts";
import type { Result } from "./statistics.ts";

/** `npm run bench [start] [post] [files]`: everything when nothing is named. */

const RUNS = 5;
const MEASURES = {
  start: (folder: string) => measureStart(folder, RUNS),
  post: (folder: string) => measurePost(folder),
  files: (folder: string) => measureFiles(folder, RUNS),
};

const wanted = process.argv.slice(2);
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
