import type { PersonId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Progress } from "#core/fetching/fetch-progress.ts";
import { Meter } from "#core/transfers/meter.ts";

/** A file that comes in pieces, as it stands at one moment. */
export interface ComingFile {
  /** Bytes that are here. */
  readonly done: number;
  /** Bytes a second, smoothed; 0 when nothing moves. */
  readonly speed: number;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
  /** Who it comes from now. */
  readonly from: readonly PersonId[];
  /** From others as well; who they are is not known here. */
  readonly fromUnnamed: boolean;
  /** Nobody in reach has what is missing, or there is no room for it. */
  readonly isWaiting: boolean;
}

interface Coming {
  readonly size: number;
  readonly meter: Meter;
  progress: Progress;
  /** Somebody gave some of it in this run. */
  hasMoved: boolean;
}

/** The files of one download that come in pieces: how far, how fast and from whom. */
export class ComingFiles {
  readonly #clock: Clock;
  readonly #files = new Map<string, Coming>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes down how far a file of `size` bytes is; answers with the bytes that moved just now. */
  progress(path: string, size: number, progress: Progress): number {
    const now = this.#clock.monotonic();
    const file = this.#files.get(path);
    const known = file ?? {
      size,
      meter: new Meter(now),
      progress,
      hasMoved: false,
    };
    if (file === undefined) this.#files.set(path, known);
    const before = file?.progress.verifiedBytes ?? 0;
    known.hasMoved ||= progress.sources.length > 0;
    known.progress = progress;
    // What an earlier try brought is counted, but did not move now.
    const moved = known.hasMoved ? progress.verifiedBytes - before : 0;
    known.meter.add(moved);
    return moved;
  }

  /** How a file stands; null when nothing was told of it. */
  of(path: string): ComingFile | null {
    const file = this.#files.get(path);
    if (file === undefined) return null;
    const { size, meter, progress } = file;
    const now = this.#clock.monotonic();
    const { verifiedBytes, isWaiting, sources } = progress;
    const people = new Set(sources.flatMap(({ person }) => person ?? []));
    return {
      done: verifiedBytes,
      speed: meter.speed(now),
      secondsLeft: isWaiting
        ? null
        : meter.secondsLeft(size - verifiedBytes, now),
      from: [...people],
      fromUnnamed: sources.some(({ person }) => person === null),
      isWaiting,
    };
  }

  /** It is here, or will not come. */
  end(path: string): void {
    this.#files.delete(path);
  }

  /** Bytes that are here of all of them. */
  get bytes(): number {
    let bytes = 0;
    for (const { progress } of this.#files.values())
      bytes += progress.verifiedBytes;
    return bytes;
  }
}
