import type { Lane, Priority, Wanted, Work } from "./fetch-lane.ts";
import type { Pack } from "./fetch-bulk.ts";
import type { SmallJob } from "./fetch-small-job.ts";

/** So many wanted are worth a bulk lane. */
const LANE_FILES = 256;
/** Contents in one pack, and the bytes from which on it is full. */
const PACK_FILES = 256;
const PACK_BYTES = 1024 * 1024;

export interface SmallQueueParts {
  /** How many are wanted, of every priority. */
  readonly wanted: () => number;
  readonly want: (job: SmallJob, lane: Lane) => Wanted;
  readonly wantPack: (jobs: readonly SmallJob[], lane: Lane) => Pack;
}

/** What waits to be asked of each lane, at one priority. */
export class SmallQueue implements Work {
  readonly priority: Priority;
  readonly #parts: SmallQueueParts;
  readonly #queues = new WeakMap<Lane, { jobs: SmallJob[]; next: number }>();

  constructor(priority: Priority, parts: SmallQueueParts) {
    this.priority = priority;
    this.#parts = parts;
  }

  get isBulk(): boolean {
    return this.#parts.wanted() >= LANE_FILES;
  }

  push(job: SmallJob, lane: Lane): void {
    const queue = this.#queues.get(lane);
    if (queue === undefined) this.#queues.set(lane, { jobs: [job], next: 0 });
    else queue.jobs.push(job);
    lane.offer(this);
  }

  take(lane: Lane): Wanted | null {
    const job = this.#next(lane);
    return job === null ? null : this.#parts.want(job, lane);
  }

  takePack(lane: Lane, most: number): Pack | null {
    const jobs: SmallJob[] = [];
    let bytes = 0;
    while (jobs.length < Math.min(most, PACK_FILES) && bytes < PACK_BYTES) {
      const job = this.#next(lane);
      if (job === null) break;
      jobs.push(job);
      bytes += job.content.size;
    }
    return jobs.length === 0 ? null : this.#parts.wantPack(jobs, lane);
  }

  #next(lane: Lane): SmallJob | null {
    const queue = this.#queues.get(lane);
    if (queue === undefined) return null;
    for (;;) {
      const job = queue.jobs[queue.next++];
      if (job === undefined) {
        this.#queues.delete(lane);
        return null;
      }
      if (job.priority === this.priority && job.mayAsk(lane)) return job;
    }
  }
}
