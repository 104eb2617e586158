import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Seconds of the clip, and how often a film repeats it. */
const CLIP_S = 4;
const REPEATS = 30;

/** How long a film of `writeFilms` is, in seconds. */
export const FILM_S = CLIP_S * REPEATS;

/**
 * Writes `film.mp4` and `film.webm` of about a megabyte a second, with what a
 * player needs to know at their ends. False where there is no ffmpeg.
 */
export function writeFilms(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  const clip = join(folder, "..", "clip.webm");
  const picture = `testsrc2=size=640x360:rate=25:duration=${CLIP_S},noise=alls=60:allf=t`;
  const rate = "8M";
  try {
    run(
      ...["-f", "lavfi", "-i", picture],
      ...["-f", "lavfi", "-i", `sine=frequency=440:duration=${CLIP_S}`],
      ...["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"],
      ...["-b:v", rate, "-minrate", rate, "-maxrate", rate],
      ...["-c:a", "libopus", clip],
    );
  } catch {
    return false;
  }
  for (const name of ["film.mp4", "film.webm"])
    run(
      ...["-stream_loop", String(REPEATS - 1), "-i", clip],
      ...["-c", "copy", join(folder, name)],
    );
  return true;
}

function run(...args: readonly string[]): void {
  execFileSync("ffmpeg", ["-v", "error", "-y", ...args], { stdio: "pipe" });
}
