import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIG, measureFiles, SMALL } from "./measure-files.ts";
import { measureFlat } from "./measure-flat.ts";
import { measureHuge } from "./measure-huge.ts";
import { measureIdle } from "./measure-idle.ts";
import { measureMany } from "./measure-many.ts";
import { measureMeet } from "./measure-meet.ts";
import { measureNat } from "./measure-nat.ts";
import { measurePost } from "./measure-post.ts";
import { measureReach } from "./measure-reach.ts";
import { measureResume } from "./measure-resume.ts";
import { measureRivals } from "./measure-rivals.ts";
import { measureScroll } from "./measure-scroll.ts";
import { measureSeek } from "./measure-seek.ts";
import { measureSwarm } from "./measure-swarm.ts";
import { measureUdx } from "./measure-udx.ts";
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
  flat: measureFlat,
  huge: measureHuge,
  many: measureMany,
  scroll: measureScroll,
  swarm: measureSwarm,
  seek: measureSeek,
  idle: measureIdle,
  meet: measureMeet,
  nat: measureNat,
  reach: measureReach,
  udx: (folder: string) => measureUdx(folder, RUNS),
  resume: measureResume,
  "rivals-small": (folder: string) => measureRivals(folder, RUNS, SMALL),
  "rivals-big": (folder: string) => measureRivals(folder, RUNS, BIG),
};
/** Several parts by one name. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  files: ["small", "big"],
  rivals: ["rivals-small", "rivals-big"],
};

const wanted = process.argv.slice(2).flatMap((name) => GROUPS[name] ?? [name]);
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
