import { hashChunk, isListOf } from "./chunks.ts";
import type { Outcome } from "./exchange-remote.ts";
import {
  PRIORITIES,
  type Lane,
  type Priority,
  type Wanted,
  type Work,
} from "./fetch-lane.ts";
import type { Seeker, Sources } from "./fetch-sources.ts";
import type { Content } from "./model.ts";

/** Whoever wants contents in one chunk. */
export interface Receiver {
  /** Verified bytes; the promise ends when they are out of memory. */
  deliver(content: Content, bytes: Buffer): Promise<void>;
  /** Sources of something it wants came or went. */
  sourcesChanged(): void;
}

interface Job extends Seeker {
  readonly content: Content;
  readonly receivers: Set<Receiver>;
  priority: Priority;
  /** Where it is asked for, without those that have stalled. */
  readonly open: Map<Lane, Wanted>;
  readonly banned: WeakSet<Lane>;
  isDone: boolean;
}

/** What waits to be asked of each lane, at one priority. */
class SmallQueue implements Work {
  readonly priority: Priority;
  readonly #want: (job: Job, lane: Lane) => Wanted;
  readonly #queues = new WeakMap<Lane, { jobs: Job[]; next: number }>();

  constructor(priority: Priority, want: (job: Job, lane: Lane) => Wanted) {
    this.priority = priority;
    this.#want = want;
  }

  push(job: Job, lane: Lane): void {
    const queue = this.#queues.get(lane);
    if (queue === undefined) this.#queues.set(lane, { jobs: [job], next: 0 });
    else queue.jobs.push(job);
    lane.offer(this);
  }

  take(lane: Lane): Wanted | null {
    const queue = this.#queues.get(lane);
    if (queue === undefined) return null;
    for (;;) {
      const job = queue.jobs[queue.next++];
      if (job === undefined) {
        this.#queues.delete(lane);
        return null;
      }
      if (this.#isWanted(job, lane)) return this.#want(job, lane);
    }
  }

  #isWanted(job: Job, lane: Lane): boolean {
    return (
      !job.isDone &&
      job.open.size === 0 &&
      !job.banned.has(lane) &&
      job.priority === this.priority
    );
  }
}

/**
 * Fetches contents in one chunk: the hash of the chunk is the list, so one ask
 * brings and verifies each (FI2), and a thousand go in one message. Content
 * that several want is asked for once (FI9).
 */
export class SmallFetches {
  readonly #sources: Sources;
  readonly #jobs = new Map<string, Job>();
  readonly #queues: Readonly<Record<Priority, SmallQueue>>;

  constructor(sources: Sources) {
    this.#sources = sources;
    const queue = (priority: Priority) =>
      new SmallQueue(priority, (job, lane) => this.#want(job, lane));
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
    const made = this.#job(content, priority, receiver);
    this.#jobs.set(key, made);
    this.#sources.seek(content.root, made);
  }

  /** The receiver wants this no more. */
  leave(content: Content, receiver: Receiver): void {
    const job = this.#jobs.get(smallKey(content));
    if (job === undefined || !job.receivers.delete(receiver)) return;
    if (job.receivers.size > 0) return;
    this.#end(job);
    for (const [lane, wanted] of job.open) lane.cancel([wanted]);
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

  #job(content: Content, priority: Priority, receiver: Receiver): Job {
    const job: Job = {
      content,
      receivers: new Set([receiver]),
      priority,
      open: new Map(),
      banned: new WeakSet(),
      isDone: false,
      sourceFound: (lane) => {
        this.#queues[job.priority].push(job, lane);
        for (const it of job.receivers) it.sourcesChanged();
      },
      sourceLost: () => {
        for (const it of job.receivers) it.sourcesChanged();
      },
    };
    return job;
  }

  #want(job: Job, lane: Lane): Wanted {
    const { root, size } = job.content;
    const wanted: Wanted = {
      part: { kind: "chunk", root, index: 0 },
      size,
      settle: (outcome) => {
        job.open.delete(lane);
        return job.isDone ? null : this.#settled(job, lane, outcome);
      },
      stalled: () => {
        job.open.delete(lane);
        this.#offer(job);
      },
    };
    job.open.set(lane, wanted);
    return wanted;
  }

  #settled(job: Job, lane: Lane, outcome: Outcome): Promise<void> | null {
    const { root, size } = job.content;
    if (Buffer.isBuffer(outcome)) {
      if (
        outcome.byteLength === size &&
        isListOf(hashChunk(outcome), root, size)
      ) {
        this.#sources.shown(lane, root);
        return this.#deliver(job, outcome);
      }
      job.banned.add(lane);
      // Of another size it may be the record that lies, and not the source.
      if (outcome.byteLength === size)
        lane.remote.session.fault("files-chunk-wrong");
    } else if (outcome === "lack") this.#sources.lacks(lane, root);
    this.#offer(job);
    for (const it of job.receivers) it.sourcesChanged();
    return null;
  }

  #deliver(job: Job, bytes: Buffer): Promise<void> | null {
    this.#end(job);
    for (const [lane, wanted] of job.open) lane.cancel([wanted]);
    const [first, ...rest] = [...job.receivers];
    const taken = first?.deliver(job.content, bytes) ?? null;
    if (rest.length === 0) return taken;
    return Promise.all([
      taken,
      ...rest.map((it) => it.deliver(job.content, bytes)),
    ]).then(() => undefined);
  }

  #end(job: Job): void {
    job.isDone = true;
    this.#jobs.delete(smallKey(job.content));
    this.#sources.leave(job.content.root, job);
  }

  #lanes(job: Job): readonly Lane[] {
    return this.#sources
      .of(job.content.root)
      .filter((lane) => !job.banned.has(lane));
  }

  #offer(job: Job): void {
    for (const lane of this.#lanes(job))
      this.#queues[job.priority].push(job, lane);
  }
}

/** One job for each root and size: a false size must not hold up the true one. */
export function smallKey({ root, size }: Content): string {
  return `${root}.${String(size)}`;
}
