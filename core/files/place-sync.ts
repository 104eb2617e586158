import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { release } from "node:os";

/** Fewer files than this are synced one by one. */
const MANY = 16;
/**
 * What others have written on this computer and the disk has not, in KiB, up to
 * which all of it may be waited for. Above, somebody copies a film, say.
 */
const OTHERS_KIB = 128 * 1024;
/** From this version on, Linux tells of every write that failed since the call before. */
const TELLS_FAILURES = [5, 8] as const;

let isOffered = process.platform === "linux" && isAtLeast(release());

/**
 * Waits once until everything written to the disk of `folder` is there, which
 * for hundreds of small files takes a fraction of waiting for each (FI4).
 * @returns false when that was not done, whatever the reason: sync one by one
 */
export async function syncTogether(
  folder: string,
  files: number,
): Promise<boolean> {
  if (!isOffered || files < MANY || (await unwrittenKiB()) > OTHERS_KIB)
    return false;
  // Node has no call for it; every Linux has the program.
  return await new Promise((resolve) => {
    execFile("sync", ["-f", folder], (error) => {
      // Not there, not able to, or a failing disk: one by one it shows which.
      isOffered &&= error === null;
      resolve(error === null);
    });
  });
}

/** Bytes of all programs that wait to be written, in KiB; unknown is too many. */
async function unwrittenKiB(): Promise<number> {
  const facts = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const dirty = /^Dirty: +(\d+) kB$/m.exec(facts)?.[1];
  return dirty === undefined ? Number.POSITIVE_INFINITY : Number(dirty);
}

function isAtLeast(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor] = TELLS_FAILURES;
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
}
