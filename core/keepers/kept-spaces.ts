import type { KeepId, LogKey, PersonId } from "#core/contract/ids.ts";
import { KEEPS_PER_PERSON } from "#core/contract/limits.ts";
import type { Logger } from "#core/base/logger.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Self } from "#core/self/self.ts";
import { toBytes, toText } from "#core/spaces/hash.ts";
import { keepIdOf } from "#core/spaces/keep-key.ts";
import { isKeepList } from "#core/spaces/keep-list.ts";
import type { KeepList } from "#core/spaces/keep-list.ts";
import type { KeepKey } from "#core/spaces/meeting-keys.ts";
import type { LogStore } from "#core/storage/log-store.ts";
import type { Log } from "#core/storage/log.ts";
import type { SealedStore } from "./sealed-store.ts";

/** One space that is kept here without being read. */
export interface KeptSpace {
  readonly keep: KeepId;
  readonly key: KeepKey;
  /** For whom. */
  readonly person: PersonId;
  list: KeepList;
  readonly logs: Map<LogKey, Log>;
}

export interface KeptSpacesOptions {
  readonly self: Self;
  readonly logs: LogStore;
  readonly logger: Logger;
  /** Bytes that may be taken for a person in all; 0 once nothing is promised any more. */
  readonly roomFor: (person: PersonId) => number;
  readonly store: SealedStore;
}

/** What this device keeps for others and cannot read (KE2). */
export class KeptSpaces {
  readonly #options: KeptSpacesOptions;
  readonly #kept = new Map<KeepId, KeptSpace>();
  readonly #serial = createSerial();
  readonly #changed = createTrigger();
  readonly #grown = createTrigger();
  readonly #stops: (() => void)[] = [];

  constructor(options: KeptSpacesOptions) {
    this.#options = options;
  }

  /** Fires when something is kept or let go. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Fires when more or less room is taken. */
  get grown(): Signal {
    return this.#grown;
  }

  /** Sealed parts came or went. */
  touch(): void {
    this.#grown.fire();
  }

  async start(): Promise<void> {
    for (const { keep, person, keepKey, list } of this.#options.self.state
      .peek()
      .kept.values())
      if (keepKey !== null && list !== null)
        await this.#open(keep, toBytes(keepKey), person, list);
    const { store, logger } = this.#options;
    logger.background("sealed parts", store.lookOver());
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#options.store.close();
  }

  all(): readonly KeptSpace[] {
    return [...this.#kept.values()];
  }

  get(keep: KeepId): KeptSpace | null {
    return this.#kept.get(keep) ?? null;
  }

  of(person: PersonId): readonly KeptSpace[] {
    return this.all().filter((kept) => kept.person === person);
  }

  /** Bytes taken for somebody. */
  usedBy(person: PersonId): number {
    return this.of(person)
      .map(({ keep, logs }) =>
        [...logs.values()].reduce(
          (sum, log) => sum + log.bytes,
          this.#options.store.bytes(keep),
        ),
      )
      .reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * Keeps what a list names, for the person who signed it (KE2).
   * @returns the rule that is broken, or null
   */
  give(
    person: PersonId,
    keepKey: Buffer,
    list: KeepList,
  ): Promise<string | null> {
    return this.#serial(async () => {
      if (list.person !== person || !isKeepList(list)) return "keep-list-false";
      if (keepIdOf(keepKey) !== list.keep) return "keep-of-another-key";
      const known = this.#kept.get(list.keep);
      if (known !== undefined && known.person !== person)
        return "keep-of-another";
      if (this.#options.roomFor(person) === 0) return null;
      if (known !== undefined && known.list.at >= list.at) return null;
      if (known === undefined && this.of(person).length >= KEEPS_PER_PERSON)
        return "keeps-many";
      await this.#options.self.append({
        type: "kept",
        keep: list.keep,
        person,
        keepKey: toText(keepKey),
        list,
      });
      await this.#open(list.keep, keepKey, person, list);
      return null;
    });
  }

  /** Of somebody's keeps these and no others; what is let go is freed. */
  only(person: PersonId, keeps: ReadonlySet<string>): Promise<void> {
    return this.#serial(async () => {
      for (const { keep, logs } of this.of(person)) {
        if (keeps.has(keep)) continue;
        this.#kept.delete(keep);
        await this.#options.self.append({
          type: "kept",
          keep,
          person,
          keepKey: null,
          list: null,
        });
        for (const log of logs.keys()) await this.#forget(log);
        await this.#options.store.dropAll(keep);
        this.#changed.fire();
      }
    });
  }

  /** Holds growing logs to what was promised: what no longer fits is not asked for. */
  limit(person: PersonId): void {
    const room = this.#options.roomFor(person);
    const isFull = this.usedBy(person) >= room;
    for (const { logs } of this.of(person))
      for (const log of logs.values())
        log.limit(isFull ? Math.max(1, log.heldLength) : Infinity);
  }

  async #open(
    keep: KeepId,
    keepKey: Buffer,
    person: PersonId,
    list: KeepList,
  ): Promise<void> {
    const kept = this.#kept.get(keep) ?? {
      keep,
      key: { kind: "keep", id: keep, readKey: keepKey } as const,
      person,
      list,
      logs: new Map<LogKey, Log>(),
    };
    kept.list = list;
    for (const key of list.logs) {
      if (kept.logs.has(key)) continue;
      const log = await this.#options.logs.openBlind(key);
      kept.logs.set(key, log);
      this.#stops.push(
        log.grown.subscribe(() => {
          this.limit(person);
          this.#grown.fire();
        }),
      );
    }
    const named = new Set(list.logs);
    for (const key of [...kept.logs.keys()])
      if (!named.has(key)) {
        kept.logs.delete(key);
        await this.#forget(key);
      }
    this.#kept.set(keep, kept);
    this.limit(person);
    this.#changed.fire();
  }

  async #forget(key: LogKey): Promise<void> {
    const isKept = this.all().some(({ logs }) => logs.has(key));
    if (!isKept) await this.#options.logs.forgetBlind(key);
  }
}
