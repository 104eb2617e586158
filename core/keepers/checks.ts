import type { LogKey, PersonId } from "#core/contract/ids.ts";
import type { Coverage } from "#core/contract/keeper-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Log } from "#core/storage/log.ts";
import type { FileChecks } from "./file-checks.ts";
import type { KeepLine } from "./keep-line.ts";
import type { Proofs } from "./proofs.ts";
import type { ReadChecks } from "./read-checks.ts";
import type { SealedLine } from "./sealed-line.ts";

/** A keeper is asked again this often, in milliseconds. */
const CHECK_MS = 10 * 60_000;
/** And this long after it said that it holds more. */
const SOON_MS = 1_000;
/** Checks that somebody asks for take this part of the time at most. */
const REST_FACTOR = 5;
/** Blocks of one log that are asked for, beside the last one. */
const SAMPLE = 4;
/** After a block was missing, so many are asked for to see how much is. */
const SEARCHED = 2_000;

const UNCHECKED: Coverage = {
  share: null,
  posts: null,
  files: { shown: 0, all: 0 },
  checkedAt: null,
  gone: 0,
};

export interface CheckTarget {
  readonly line: KeepLine;
  readonly sealed: SealedLine;
  readonly person: PersonId;
  readonly isBlind: boolean;
  readonly spaces: readonly Space[];
}

export interface ChecksOptions {
  readonly proofs: Proofs;
  readonly files: FileChecks;
  readonly readable: Pick<ReadChecks, "check">;
  readonly targets: () => readonly CheckTarget[];
  /** What a keeper that may read says it has of a log. */
  readonly claimed: (person: PersonId, log: LogKey) => number;
  /** So much of a log was shown to be there: that is a copy. */
  readonly onShown: (person: PersonId, log: LogKey, length: number) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * Asks keepers for random parts of what they say to keep, and believes what
 * was shown (KE5).
 */
export class Checks implements Resource {
  readonly #options: ChecksOptions;
  readonly #claims = new Map<PersonId, Map<LogKey, number>>();
  readonly #changed = createTrigger();
  readonly #busy = new Map<PersonId, Promise<void>>();
  readonly #end: () => void;
  #cancel: (() => void) | null = null;
  /** How long the last check of a keeper was under way. */
  #tookMs = 0;
  #isClosed = false;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#end = options.clock.every(CHECK_MS, () => {
      this.#checkAll();
    });
  }

  get changed(): Signal {
    return this.#changed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#end();
    this.#cancel?.();
    await Promise.all(this.#busy.values());
  }

  /** A keeper says how much it has; looked at soon. */
  claim(person: PersonId, log: LogKey, length: number): void {
    const claims = this.#claims.get(person) ?? new Map<LogKey, number>();
    this.#claims.set(person, claims.set(log, length));
    this.soon();
  }

  soon(): void {
    if (this.#isClosed) return;
    const rest = Math.max(SOON_MS, this.#tookMs * REST_FACTOR);
    this.#cancel ??= this.#options.clock.after(rest, () => {
      this.#cancel = null;
      this.#checkAll();
    });
  }

  /** What was seen of what a keeper is to keep of these spaces. */
  coverage(person: PersonId, spaces: readonly Space[]): Coverage {
    const { proofs } = this.#options;
    const check = proofs.check(person);
    if (check === null) return UNCHECKED;
    const shown = new Map(proofs.logs(person).map((it) => [it.log, it]));
    let have = check.given;
    let all = check.files;
    let gone = check.gone;
    const posts = { have: 0, all: 0 };
    for (const { logs, kind } of spaces)
      for (const { log } of logs.values()) {
        // The header is none of what somebody wrote.
        const length = Math.max(0, log.heldLength - 1);
        const proof = shown.get(log.key);
        const part = Math.min(length, Math.max(0, (proof?.shown ?? 0) - 1));
        all += length;
        have += part;
        if (kind === "feed") {
          posts.all += length;
          posts.have += part;
        }
        gone += Math.max(0, (proof?.best ?? 0) - (proof?.shown ?? 0));
      }
    return {
      share: all === 0 ? 1 : have / all,
      posts: posts.all === 0 ? null : posts.have / posts.all,
      files: { shown: check.given, all: check.files },
      checkedAt: check.checkedAt,
      gone,
    };
  }

  #checkAll(): void {
    for (const target of this.#options.targets()) {
      const { person } = target;
      if (this.#busy.has(person)) continue;
      const began = this.#options.clock.monotonic();
      const work = this.#check(target).finally(() => {
        this.#tookMs = this.#options.clock.monotonic() - began;
        this.#busy.delete(person);
      });
      this.#busy.set(person, work);
      this.#options.logger.background("keeper check", work);
    }
  }

  async #check(target: CheckTarget): Promise<void> {
    const { person, spaces, isBlind } = target;
    const { proofs, files, readable, clock } = this.#options;
    for (const { logs } of spaces)
      for (const { log } of logs.values())
        if (!(await this.#checkLog(target, log))) return;
    const checked = isBlind
      ? await files.check(target.sealed, person, spaces)
      : await readable.check(target.line.session, person, spaces);
    if (checked === null || this.#isClosed) return;
    proofs.noteCheck(person, clock.now(), checked);
    this.#changed.fire();
  }

  /** False when the line ended before it could be said. */
  async #checkLog(target: CheckTarget, log: Log): Promise<boolean> {
    const { person, line, isBlind } = target;
    const { proofs, claimed, onShown, random } = this.#options;
    const claim = isBlind
      ? (this.#claims.get(person)?.get(log.key) ?? 0)
      : claimed(person, log.key);
    const length = Math.min(claim, log.heldLength);
    const places =
      length === 0
        ? []
        : [
            length - 1,
            ...Array.from({ length: SAMPLE }, () =>
              Math.floor((random.bytes(4).readUInt32BE() / 2 ** 32) * length),
            ),
          ];
    let shown = length;
    for (const place of new Set(places))
      if (!(await isShown(line, log, place))) {
        shown = await firstMissing(line, log, length);
        break;
      }
    if (line.session.line.stream.destroying || this.#isClosed) return false;
    proofs.noteLog(person, log.key, shown);
    onShown(person, log.key, shown);
    return true;
  }
}

async function isShown(
  line: KeepLine,
  log: Log,
  index: number,
): Promise<boolean> {
  const mine = await log.readSealed(index);
  if (mine === null) return true;
  const theirs = await line.askBlock(log.key, index);
  return theirs?.equals(mine) === true;
}

/** How much there is from the first block on without a gap. */
async function firstMissing(
  line: KeepLine,
  log: Log,
  length: number,
): Promise<number> {
  const end = Math.min(length, SEARCHED);
  for (let index = 0; index < end; index++)
    if (!(await isShown(line, log, index))) return index;
  return end;
}
