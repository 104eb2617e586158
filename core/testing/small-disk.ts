import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, truncateSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A disk of its own, small enough to fill. */
export interface SmallDisk {
  readonly path: string;
  /** Fills it until no more than so many bytes are free. */
  fill(leaveBytes: number): Promise<void>;
  /** Gives back what was filled. */
  empty(): Promise<void>;
}

/** Why there can be no small disk here; null when there can. */
export function noSmallDisk(): string | null {
  if (process.platform !== "linux") return "disks in memory are Linux's";
  if (process.getuid?.() !== 0) return "only root may mount a disk";
  const path = mkdtempSync(join(tmpdir(), "commonplace-disk-"));
  try {
    mount(path, 1);
    execFileSync("umount", [path], { stdio: "ignore" });
    return null;
  } catch {
    return "this system lets nobody mount a disk";
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** A disk of some megabytes, gone when the test ends; close what uses it before. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), "commonplace-disk-"));
  mount(path, megabytes);
  onTestFinished(() => {
    // Lazily: a thread may still be closing its last file.
    execFileSync("umount", ["--lazy", path], { stdio: "ignore" });
    rmSync(path, { recursive: true, force: true });
  });
  const filler = join(path, ".filler");
  return {
    path,
    async fill(leaveBytes) {
      const file = await open(filler, "a");
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(path);
          const more = Math.min(bavail * bsize - leaveBytes, 1024 * 1024);
          if (more <= 0) return;
          await file.write(Buffer.alloc(more));
        }
      } catch (error) {
        if (!isFull(error)) throw error;
      } finally {
        await file.close();
      }
    },
    async empty() {
      truncateSync(filler, 0);
      await rm(filler);
    },
  };
}

function mount(path: string, megabytes: number): void {
  const size = `size=${String(megabytes)}m`;
  execFileSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", path], {
    stdio: "ignore",
  });
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
