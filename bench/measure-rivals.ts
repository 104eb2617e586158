import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Kind } from "./measure-files.ts";
import { makeFiles } from "./measure-files.ts";
import { isInstalled } from "./processes.ts";
import { rawDisk } from "./raw-disk.ts";
import { rawNoise } from "./raw-noise.ts";
import { hyperdrive } from "./rivals/hyperdrive.ts";
import { ours } from "./rivals/ours.ts";
import type { Copied, Rival } from "./rivals/rival.ts";
import { rsyncSsh } from "./rivals/rsync-ssh.ts";
import { aria2, cp, rsyncDaemon } from "./rivals/simple.ts";
import { syncthing } from "./rivals/syncthing.ts";
import { median, rate, seconds } from "./statistics.ts";
import type { Result } from "./statistics.ts";

/** `BENCH_RIVALS=syncthing,rsync` for those whose names begin so. */
const WANTED = process.env["BENCH_RIVALS"]?.split(",") ?? [""];
const RIVALS = [syncthing, rsyncSsh, rsyncDaemon, aria2, hyperdrive, cp].filter(
  ({ name }) => WANTED.some((start) => name.startsWith(start)),
);

/**
 * Ours and what others use, in turn in each run, from folder to folder over
 * loopback, each into a fresh folder, each result compared with the source byte
 * by byte. Ours is checked and synced to the disk; of the others none is synced,
 * and what they left unwritten is written before the next one begins.
 */
export async function measureRivals(
  folder: string,
  runs: number,
  kind: Kind,
): Promise<readonly Result[]> {
  const source = join(folder, `source-${String(kind.files)}`);
  await makeFiles(source, kind);
  const there: Rival[] = [ours];
  const missing: Result[] = [];
  for (const rival of RIVALS) {
    const needed = await Promise.all(rival.needs.map(isInstalled));
    if (needed.every(Boolean)) there.push(rival);
    else missing.push(row(kind, rival, "not installed here", null));
  }
  const rounds: ReadonlyMap<Rival, Copied>[] = [];
  const raws: number[] = [];
  const disks: number[] = [];
  for (let run = 0; run < runs; run++) {
    raws.push(await rawNoise(kind.files * kind.bytesEach));
    disks.push(await rawDisk(folder, kind.files * kind.bytesEach));
    const round = new Map<Rival, Copied>();
    for (const rival of there)
      round.set(
        rival,
        await copyOnce(
          rival,
          source,
          join(folder, `run-${String(run)}-${String(kind.files)}`),
          kind,
        ),
      );
    rounds.push(round);
  }
  const raw = `only the bytes through one Noise stream ${seconds(median(raws))}, only written into one file and synced ${seconds(median(disks))}`;
  return [
    ...there.map((rival) =>
      row(
        kind,
        rival,
        figure(kind, rival, rounds),
        rival === ours ? raw : versus(rival, rounds),
      ),
    ),
    ...missing,
  ];
}

async function copyOnce(
  rival: Rival,
  source: string,
  at: string,
  kind: Kind,
): Promise<Copied> {
  console.error(`  ${rival.name} …`);
  const place = join(at, rival.name.replaceAll(/\W+/g, "-"));
  const target = join(place, "target");
  const scratch = join(place, "scratch");
  await mkdir(target, { recursive: true });
  await mkdir(scratch);
  // What the one before left for the disk to do is not this one's.
  await promisify(execFile)("sync");
  const copied = await rival.copy({
    source,
    target,
    scratch,
    files: kind.files,
    bytes: kind.files * kind.bytesEach,
  });
  await promisify(execFile)("diff", ["-rq", "-x", ".*", source, target]);
  // Large files make room at once. Thousands of small ones stay to the end: on
  // ext4 making files right after deleting as many is many times slower.
  if (kind.files === 1) await rm(place, { recursive: true });
  return copied;
}

function row(
  kind: Kind,
  { name }: Rival,
  figure: string,
  beside: string | null,
): Result {
  return { what: `${kind.what}: ${name}`, figure, beside };
}

type Rounds = readonly ReadonlyMap<Rival, Copied>[];

function figure(kind: Kind, rival: Rival, rounds: Rounds): string {
  const all = rounds.flatMap((round) => round.get(rival) ?? []);
  const ms = median(all.map((it) => it.ms));
  const bytes = kind.files * kind.bytesEach;
  const speed =
    kind.files === 1
      ? rate(bytes, ms)
      : `${(kind.files / (ms / 1000)).toFixed(0)} files/s`;
  const cpu = all.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
  const used =
    cpu.length === 0
      ? ""
      : `, processor of both sides ${median(cpu).toFixed(1)} s`;
  return `${seconds(ms)}, ${speed}${used}`;
}

/** How many times as fast ours was: the median of the runs' own ratios. */
function versus(rival: Rival, rounds: Rounds): string {
  const ratios = rounds.map(
    (round) => (round.get(rival)?.ms ?? 0) / (round.get(ours)?.ms ?? 1),
  );
  return `ours is ${median(ratios).toFixed(2)} times as fast (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}
