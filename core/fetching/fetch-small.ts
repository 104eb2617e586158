import { PACK_OUTCOMES, type PackResult } from "#core/exchange/bulk-pack.ts";
import { hashChunk, isListOf } from "#core/files/chunks.ts";
import type { Outcome } from "#core/exchange/exchange-remote.ts";
import type { Verified } from "./fetch-batch.ts";
import type { Pack } from "./fetch-bulk.ts";
import {
  PRIORITIES,
  type Lane,
  type Priority,
  type Wanted,
} from "./fetch-lane.ts";
import { SmallJob, type Receiver } from "./fetch-small-job.ts";
import { SmallQueue } from "./fetch-small-queue.ts";
import type { Sources } from "./fetch-sources.ts";
import type { Content } from "#core/files/model.ts";

/**
 * Fetches contents in one chunk: the hash of the chunk is the list, so one ask
 * brings and verifies each (FI2), and a thousand go in one message, or hundreds
 * in a pack over a bulk lane (FI11). Content that several want is asked for once
 * (FI9).
 */
export class SmallFetches {
  readonly #sources: Sources;
  readonly #jobs = new Map<string, SmallJob>();
  readonly #queues: Readonly<Record<Priority, SmallQueue>>;
  readonly #found = (job: SmallJob, lane: Lane): void => {
    this.#queues[job.priority].push(job, lane);
  };

  constructor(sources: Sources) {
    this.#sources = sources;
    const queue = (priority: Priority) =>
      new SmallQueue(priority, {
        wanted: () => this.#jobs.size,
        want: (job, lane) => this.#want(job, lane),
        wantPack: (jobs, lane) => this.#wantPack(jobs, lane),
      });
    this.#queues = {
      now: queue("now"),
      soon: queue("soon"),
      later: queue("later"),
    };
  }

  want(content: Content, priority: Priority, receiver: Receiver): void {
    const key = smallKey(content);
    const job = this.#jobs.get(key);
    if (job !== undefined) {
      job.receivers.add(receiver);
      if (PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(job.priority)) {
        job.priority = priority;
        this.#offer(job);
      }
      return;
    }
    const made = new SmallJob(content, priority, this.#found);
    made.receivers.add(receiver);
    this.#jobs.set(key, made);
    this.#sources.seek(content.root, made);
  }

  /** The receiver wants this no more. */
  leave(content: Content, receiver: Receiver): void {
    const job = this.#jobs.get(smallKey(content));
    if (job === undefined || !job.receivers.delete(receiver)) return;
    if (job.receivers.size === 0) this.#end(job);
  }

  /** Whether it is not known yet if anybody holds this content. */
  isAsking(content: Content): boolean {
    return (
      this.#jobs.has(smallKey(content)) && this.#sources.isAsking(content.root)
    );
  }

  /** Lanes this content could come from now. */
  lanesOf(content: Content): readonly Lane[] {
    const job = this.#jobs.get(smallKey(content));
    return job === undefined ? [] : this.#lanes(job);
  }

  #want(job: SmallJob, lane: Lane): Wanted {
    const { root, size } = job.content;
    const wanted: Wanted = {
      part: { kind: "chunk", root, index: 0 },
      size,
      settle: (outcome) => {
        job.closed(lane);
        return job.isDone ? null : this.#settled(job, lane, outcome);
      },
      stalled: () => {
        job.closed(lane);
        this.#offer(job);
      },
    };
    job.open.push({ lane, wanted });
    return wanted;
  }

  #settled(job: SmallJob, lane: Lane, outcome: Outcome): Promise<void> | null {
    const { root, size } = job.content;
    if (!Buffer.isBuffer(outcome)) this.#refused(job, lane, outcome);
    else if (outcome.byteLength !== size) this.#refused(job, lane, "other");
    else if (!isListOf(hashChunk(outcome), root, size))
      this.#refused(job, lane, "wrong");
    else {
      const arrived = new Map<Receiver, Verified[]>();
      this.#proved(job, lane, outcome, arrived);
      return handOver(arrived);
    }
    return null;
  }

  #wantPack(jobs: readonly SmallJob[], lane: Lane): Pack {
    const contents = jobs.map(({ content }) => content);
    let size = 0;
    for (const content of contents) size += content.size;
    const pack: Pack = {
      contents,
      size,
      settle: (result) => this.#packSettled(pack, jobs, lane, result),
      stalled: () => {
        for (const job of jobs) if (job.pack === pack) job.pack = null;
        for (const job of jobs) if (!job.isDone) this.#offer(job);
      },
    };
    for (const job of jobs) job.pack = pack;
    return pack;
  }

  #packSettled(
    pack: Pack,
    jobs: readonly SmallJob[],
    lane: Lane,
    { outcomes, bytes }: PackResult,
  ): Promise<void> | null {
    const arrived = new Map<Receiver, Verified[]>();
    let at = bytes.byteOffset;
    for (const [index, job] of jobs.entries()) {
      const { size } = job.content;
      const start = at;
      at += size;
      if (job.pack === pack) job.pack = null;
      if (job.isDone) continue;
      const outcome = PACK_OUTCOMES[outcomes[index] ?? -1] ?? "gone";
      if (outcome === "proved") {
        const its = Buffer.from(bytes.buffer, start, size);
        this.#proved(job, lane, its, arrived);
      } else this.#refused(job, lane, outcome);
    }
    return handOver(arrived);
  }

  #proved(
    job: SmallJob,
    lane: Lane,
    bytes: Buffer,
    arrived: Map<Receiver, Verified[]>,
  ): void {
    const { content, receivers } = job;
    this.#sources.shown(lane, content.root);
    this.#end(job);
    for (const receiver of receivers) {
      const its = arrived.get(receiver);
      if (its === undefined) arrived.set(receiver, [{ content, bytes }]);
      else its.push({ content, bytes });
    }
  }

  /** `other`: of another size, so that it may be the record that lies, and not the source. */
  #refused(
    job: SmallJob,
    lane: Lane,
    why: "lack" | "gone" | "wrong" | "other",
  ): void {
    if (why === "wrong" || why === "other") job.ban(lane);
    if (why === "wrong") lane.remote.session.fault("files-chunk-wrong");
    if (why === "lack") this.#sources.lacks(lane, job.content.root);
    this.#offer(job);
    for (const receiver of job.receivers) receiver.sourcesChanged();
  }

  #end(job: SmallJob): void {
    job.isDone = true;
    this.#jobs.delete(smallKey(job.content));
    this.#sources.leave(job.content.root, job);
    for (const { lane, wanted } of job.open) lane.cancel([wanted]);
  }

  #lanes(job: SmallJob): readonly Lane[] {
    return this.#sources
      .of(job.content.root)
      .filter((lane) => !job.isBanned(lane));
  }

  #offer(job: SmallJob): void {
    for (const lane of this.#lanes(job))
      this.#queues[job.priority].push(job, lane);
  }
}

/** Gives each receiver what came for it; null when nothing came. */
function handOver(
  arrived: ReadonlyMap<Receiver, readonly Verified[]>,
): Promise<void> | null {
  if (arrived.size === 0) return null;
  const taken = Array.from(arrived, ([receiver, verified]) =>
    receiver.deliver(verified),
  );
  const [first = null] = taken;
  return taken.length === 1 ? first : Promise.all(taken).then(() => undefined);
}

/** One job for each root and size: a false size must not hold up the true one. */
export function smallKey({ root, size }: Content): string {
  return `${root}.${String(size)}`;
}
