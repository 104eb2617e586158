import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { readFileSync } from "node:fs";
import { release } from "node:os";
import type { Clock } from "#core/base/clock.ts";
import { createGroup } from "#core/base/serial.ts";

/** Fewer files than this are synced one by one. */
const MANY = 16;
/**
 * What others have written on this computer and the disk has not, in KiB, up to
 * which all of it may be waited for. Above, somebody copies a film, say.
 */
const OTHERS_KIB = 128 * 1024;
/** From this version on, Linux tells of every write that failed since the call before. */
const TELLS_FAILURES = [5, 8] as const;
/** The program stays this long after it was of use. */
const IDLE_MS = 2_000;
/**
 * Syncs one disk for each line it is given, and says whether it could. It stays
 * while there is work: each program that a large one starts costs ten
 * milliseconds and more, for all that is noted about the large one's memory.
 */
const PROGRAM =
  'while IFS= read -r folder; do if sync -f "$folder"; then echo y; else echo n; fi; done';

type Child = ChildProcessWithoutNullStreams;

/**
 * Waits once until everything written to a disk is there, which for hundreds of
 * small files takes a fraction of waiting for each (FI4). Those who ask while
 * one waiting is under way share the next.
 */
export class DiskSync {
  readonly #clock: Clock;
  readonly #program: string;
  readonly #unwritten: () => number;
  readonly #folders = new Map<string, () => Promise<boolean>>();
  /** Called with what the program says, in the order it was asked. */
  #waiting: ((isSynced: boolean) => void)[] = [];
  #child: Child | null = null;
  #isOffered = process.platform === "linux" && isAtLeast(release());
  #cancelIdle = (): void => undefined;

  /** `unwritten`: what all programs wait to have written, in KiB. */
  constructor(clock: Clock, program = PROGRAM, unwritten = unwrittenKiB) {
    this.#clock = clock;
    this.#program = program;
    this.#unwritten = unwritten;
  }

  /**
   * Waits for the disk of `folder`, for so many files.
   * @returns false when that was not done, whatever the reason: sync one by one
   */
  async together(folder: string, files: number): Promise<boolean> {
    if (files < MANY || folder.includes("\n")) return false;
    const group =
      this.#folders.get(folder) ?? createGroup(() => this.#sync(folder));
    this.#folders.set(folder, group);
    return await group();
  }

  #sync(folder: string): Promise<boolean> {
    if (!this.#isOffered || this.#unwritten() > OTHERS_KIB)
      return Promise.resolve(false);
    const child = (this.#child ??= this.#start());
    this.#cancelIdle();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      child.stdin.write(`${folder}\n`);
    });
  }

  /** Node has no call for it; every Linux has the programs. */
  #start(): Child {
    const child = spawn("sh", ["-c", this.#program]);
    const lost = (): void => {
      if (this.#child !== child) return;
      this.#isOffered = false;
      this.#end();
    };
    child.on("error", lost);
    child.on("exit", lost);
    child.stdin.on("error", lost);
    child.stderr.resume();
    child.stdout.setEncoding("latin1").on("data", (said: string) => {
      for (const word of said.trim().split("\n")) this.#heard(word === "y");
    });
    return child;
  }

  #heard(isSynced: boolean): void {
    // Not able to, or a failing disk: one by one it shows which.
    this.#isOffered &&= isSynced;
    this.#waiting.shift()?.(isSynced);
    if (this.#waiting.length > 0) return;
    this.#cancelIdle();
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => {
      this.#end();
    });
  }

  /** The program ends with what it reads from. */
  #end(): void {
    this.#child?.stdin.end();
    this.#child = null;
    for (const resolve of this.#waiting.splice(0)) resolve(false);
  }
}

/** Bytes of all programs that wait to be written, in KiB; unknown is too many. */
function unwrittenKiB(): number {
  try {
    const facts = readFileSync("/proc/meminfo", "utf8");
    const dirty = /^Dirty: +(\d+) kB$/m.exec(facts)?.[1];
    return Number(dirty ?? Number.POSITIVE_INFINITY);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function isAtLeast(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor] = TELLS_FAILURES;
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
}
