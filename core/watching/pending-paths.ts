import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "#core/base/clock.ts";

/** What has settled: these paths, or so much that only a look at everything tells. */
export type Settled =
  | { readonly kind: "paths"; readonly paths: readonly string[] }
  | { readonly kind: "all" };

interface Pending {
  readonly firstAt: number;
  heardAt: number;
  look: Look | null | undefined;
}

interface Look {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** A file is left alone this long after it changed last. */
export const QUIET_MS = 2_000;
/** One that went on changing for a while is given more time: somebody is writing it. */
export const GROWING_MS = 5_000;
/** What has settled waits this long for the rest, so that a rename stays together. */
const TOGETHER_MS = 10_000;
/** Where too much changed, nothing is waited for longer than this. */
const ALL_MS = 30_000;
/** More paths than these are not remembered one by one. */
const PATHS_MAX = 2_000;
/** What is looked at beside each other. */
const LOOKS = 64;

/** Paths that something happened to, until nothing more happens to them. */
export class PendingPaths {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();
  readonly #settled = new Map<string, number>();
  /** When the first and the last change of too many were heard; null while each is remembered. */
  #all: { readonly firstAt: number; heardAt: number; count: number } | null =
    null;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** How many changes wait, as far as they are known. */
  get count(): number {
    return this.#all?.count ?? this.#pending.size + this.#settled.size;
  }

  get isEmpty(): boolean {
    return this.#all === null && this.count === 0;
  }

  add(path: string): void {
    const now = this.#clock.monotonic();
    if (this.#all !== null) {
      this.#all.heardAt = now;
      this.#all.count++;
      return;
    }
    const known = this.#pending.get(path);
    const firstAt =
      known === undefined || now - known.heardAt > QUIET_MS
        ? now
        : known.firstAt;
    this.#settled.delete(path);
    this.#pending.set(path, { firstAt, heardAt: now, look: undefined });
    if (this.count > PATHS_MAX) this.addAll();
  }

  /** Everything may have changed. */
  addAll(): void {
    const now = this.#clock.monotonic();
    const firstAt = this.#all?.firstAt ?? now;
    this.#all = { firstAt, heardAt: now, count: this.count };
    this.#pending.clear();
    this.#settled.clear();
  }

  /** Everything is to be looked at, and there is nothing to wait for. */
  addAllNow(): void {
    this.addAll();
    if (this.#all !== null) this.#all = { ...this.#all, firstAt: -Infinity };
  }

  /** What has settled by now; null while nothing has. */
  async take(): Promise<Settled | null> {
    if (this.#all !== null) {
      const now = this.#clock.monotonic();
      const { firstAt, heardAt } = this.#all;
      // One file that never rests must not hold up all others.
      if (now - heardAt < QUIET_MS && now - firstAt < ALL_MS) return null;
      this.#all = null;
      return { kind: "all" };
    }
    await this.#look();
    const now = this.#clock.monotonic();
    if (this.#settled.size === 0) return null;
    const oldest = Math.min(...this.#settled.values());
    const isMoreSoon = [...this.#pending.values()].some(
      (one) => !isGrowing(one),
    );
    if (isMoreSoon && now - oldest < TOGETHER_MS) return null;
    const paths = [...this.#settled.keys()];
    this.#settled.clear();
    return { kind: "paths", paths };
  }

  /** Two looks that see the same, with quiet between them, settle a path. */
  async #look(): Promise<void> {
    const now = this.#clock.monotonic();
    const due = [...this.#pending].filter(
      ([, one]) => one.look === undefined || now - one.heardAt >= quiet(one),
    );
    for (let at = 0; at < due.length; at += LOOKS)
      await Promise.all(
        due.slice(at, at + LOOKS).map(async ([path, one]) => {
          const seen = await lookAt(join(this.#folder, path));
          // Heard of again meanwhile: it begins anew.
          if (this.#pending.get(path) !== one) return;
          const isSame = one.look !== undefined && areSame(one.look, seen);
          const isFirst = one.look === undefined;
          one.look = seen;
          if (isFirst) return;
          if (!isSame) one.heardAt = now;
          else {
            this.#pending.delete(path);
            this.#settled.set(path, now);
          }
        }),
      );
  }
}

function quiet(one: Pending): number {
  return isGrowing(one) ? GROWING_MS : QUIET_MS;
}

function isGrowing({ firstAt, heardAt }: Pending): boolean {
  return heardAt - firstAt > QUIET_MS;
}

async function lookAt(path: string): Promise<Look | null> {
  const seen = await lstat(path).catch(() => null);
  if (seen === null) return null;
  // What is in a folder settles by itself.
  if (seen.isDirectory()) return { size: 0, mtimeMs: 0, ino: seen.ino };
  return { size: seen.size, mtimeMs: seen.mtimeMs, ino: seen.ino };
}

function areSame(one: Look | null, other: Look | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.size === other.size &&
    one.mtimeMs === other.mtimeMs &&
    one.ino === other.ino
  );
}
