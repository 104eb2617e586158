import type { LogKey, SpaceId } from "#core/contract/ids.ts";
import { CoreError } from "#core/contract/errors.ts";
import { HEADERS_PER_SPACE } from "#core/contract/limits.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Identity } from "#core/identity/identity.ts";
import type { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import { LogStore } from "#core/storage/log-store.ts";
import type { Log } from "#core/storage/log.ts";
import { admittedBlocks, mayBecomeWriter, noWriters } from "./admission.ts";
import type { WriterQuestion } from "./admission.ts";
import { packBatches } from "./block.ts";
import type { RawEntry } from "./block.ts";
import { spaceIdOf } from "./charter.ts";
import type { SpaceLink } from "./charter.ts";
import { readHeader, writeHeader } from "./header.ts";
import type { Header } from "./header.ts";
import type { HybridClock } from "./hybrid-clock.ts";
import type { MemberLog, Space } from "./space.ts";

export interface SpacesOptions {
  readonly store: LogStore;
  readonly admitted: AdmittedLogs;
  readonly identity: Identity;
  readonly time: HybridClock;
  readonly logger: Logger;
  /** Whom founders let write in their collections; nobody when left out. */
  readonly writers?: WriterQuestion;
}

interface HeldSpace extends Space {
  readonly logs: Map<LogKey, MemberLog>;
}

/**
 * Every space this device holds. What is held is decided by the features, which
 * call `hold` at each start; this class opens logs, admits new ones and writes.
 */
export class Spaces implements Resource {
  readonly #options: SpacesOptions;
  readonly #held = new Map<SpaceId, HeldSpace>();
  readonly #opening = new Map<SpaceId, Promise<Space>>();
  readonly #serial = createSerial();
  readonly #changed = createTrigger();
  readonly #reconsidered = createTrigger();
  readonly #listeners: ((log: MemberLog, space: Space) => void)[] = [];

  constructor(options: SpacesOptions) {
    this.#options = options;
  }

  /** Fires when a space is held or dropped, or a log was admitted. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Fires when a founder's word about who may write was acted on. */
  get reconsidered(): Signal {
    return this.#reconsidered;
  }

  /** Calls back for every log that is open or will be. */
  onLog(listener: (log: MemberLog, space: Space) => void): void {
    this.#listeners.push(listener);
    for (const space of this.#held.values())
      for (const log of space.logs.values()) listener(log, space);
  }

  get(id: SpaceId): Space | null {
    return this.#held.get(id) ?? null;
  }

  all(): readonly Space[] {
    return [...this.#held.values()];
  }

  /** Holds a space: opens its admitted logs, and is ready to admit more. */
  hold(link: SpaceLink): Promise<Space> {
    const id = spaceIdOf(link.charter);
    let space = this.#opening.get(id);
    if (space === undefined) {
      space = this.#open(id, link);
      this.#opening.set(id, space);
    }
    return space;
  }

  /** Lets a space go: its logs are closed, their blocks stay. */
  async drop(id: SpaceId): Promise<void> {
    await this.#opening.get(id);
    const space = this.#held.get(id);
    if (space === undefined) return;
    this.#held.delete(id);
    this.#opening.delete(id);
    this.#changed.fire();
    for (const { log } of space.logs.values())
      await this.#options.store.release(log.key);
  }

  /** The log that this device writes in a space, whether it has begun or not (SP3). */
  ownLogOf(id: SpaceId): LogKey {
    return LogStore.keyOf(this.#options.identity.writer(id));
  }

  /**
   * Writes entries to this device's log in a space, and waits for the disk
   * (DU1). The log is made, with its header, on the first write (SP3, SP4).
   * @returns the log, and the block and position of each entry
   * @throws `not-found`, `text-long`, `disk-full`
   */
  append(
    id: SpaceId,
    entries: readonly RawEntry[],
  ): Promise<{ readonly log: LogKey; readonly firstBlock: number }> {
    return this.#serial(async () => {
      const space = this.#held.get(id);
      if (space === undefined)
        throw new CoreError("not-found", { what: "space" });
      const own = await this.#ownLog(space);
      const { time } = this.#options;
      const blocks = packBatches(entries, () => time.next());
      const firstBlock = await own.append(blocks);
      return { log: own.key, firstBlock };
    });
  }

  /**
   * Takes a log into a space when its header allows it (SP5, SP6).
   * @returns the log, or null when it is refused
   */
  async admit(
    id: SpaceId,
    key: LogKey,
    header: Buffer,
  ): Promise<MemberLog | null> {
    const space = this.#held.get(id);
    if (space === undefined) return null;
    const known = space.logs.get(key);
    if (known !== undefined) return known;
    if (space.logs.size >= HEADERS_PER_SPACE) return null;
    const read = readHeader(header, key);
    if (read === null || this.#blocks(space, read, key) === 0) return null;
    return await this.#serial(async () => {
      this.#options.admitted.add(key, id, header);
      return await this.#openLog(space, key, header);
    });
  }

  /**
   * Whether a log that is not taken in may be later: its header holds, and the
   * founder's word about its person may still be on its way (SP5).
   */
  mayAdmitLater(id: SpaceId, key: LogKey, header: Buffer): boolean {
    const space = this.#held.get(id);
    const read = readHeader(header, key);
    return (
      space !== undefined &&
      read !== null &&
      mayBecomeWriter(space.charter, read)
    );
  }

  /**
   * Acts on what a founder's log now says of who may write: opens logs that
   * were remembered, and limits those that are open (SP5, SP6).
   */
  async reconsider(id: SpaceId): Promise<void> {
    await this.#opening.get(id);
    const space = this.#held.get(id);
    if (space === undefined) return;
    await this.#serial(async () => {
      for (const { log, person, device } of space.logs.values())
        log.limit(this.#blocks(space, { space: id, person, device }, log.key));
      for (const { log, header } of this.#options.admitted.of(id))
        await this.#openLog(space, log, header);
      await this.#findOwnLog(space);
    });
    this.#reconsidered.fire();
    this.#changed.fire();
  }

  /** Whether this person may write in a space that is held. */
  mayWrite(id: SpaceId): boolean {
    const space = this.#held.get(id);
    return space !== undefined && this.#mayWrite(space);
  }

  close(): Promise<void> {
    this.#held.clear();
    this.#opening.clear();
    return Promise.resolve();
  }

  async #open(id: SpaceId, link: SpaceLink): Promise<Space> {
    const { charter, readKey } = link;
    const space: HeldSpace = {
      id,
      kind: charter.kind,
      charter,
      readKey,
      logs: new Map(),
    };
    this.#held.set(id, space);
    for (const { log, header } of this.#options.admitted.of(id))
      await this.#openLog(space, log, header);
    await this.#findOwnLog(space);
    this.#changed.fire();
    return space;
  }

  /** An own log is found by its key alone, so that it does not depend on the memory of admissions. */
  async #findOwnLog(space: HeldSpace): Promise<void> {
    const { identity, store } = this.#options;
    const writer = identity.writer(space.id);
    if (!this.#mayWrite(space) || space.logs.has(LogStore.keyOf(writer)))
      return;
    const log = await store.openOwn(writer, space.readKey);
    if (log.length > 0) await this.#ownLog(space);
  }

  #mayWrite(space: Space): boolean {
    const { identity } = this.#options;
    const { person, device } = identity;
    const key = this.ownLogOf(space.id);
    const own = { space: space.id, person, device };
    return this.#blocks(space, own, key) === Infinity;
  }

  #blocks({ charter }: Space, header: Header, key: LogKey): number {
    const { writers = noWriters } = this.#options;
    return admittedBlocks(charter, header, key, writers);
  }

  async #ownLog(space: HeldSpace): Promise<Log> {
    const { identity, store, admitted } = this.#options;
    // Nobody would ever take such a log in: what is in it would be lost.
    if (!this.#mayWrite(space)) throw new Error("not a space to write in");
    const writer = identity.writer(space.id);
    const key = LogStore.keyOf(writer);
    const known = space.logs.get(key);
    if (known !== undefined) return known.log;
    const log = await store.openOwn(writer, space.readKey);
    const header = writeHeader(identity, space.id, key);
    if (log.length === 0) await log.append([header]);
    admitted.add(key, space.id, header);
    await this.#openLog(space, key, header);
    return log;
  }

  async #openLog(
    space: HeldSpace,
    key: LogKey,
    header: Buffer,
  ): Promise<MemberLog | null> {
    const known = space.logs.get(key);
    if (known !== undefined) return known;
    const read = readHeader(header, key);
    const blocks = read === null ? 0 : this.#blocks(space, read, key);
    if (read === null || blocks === 0) return null;
    const { identity, store, admitted, logger } = this.#options;
    const writer = identity.writer(space.id);
    const log =
      LogStore.keyOf(writer) === key
        ? await store.openOwn(writer, space.readKey)
        : await store.openForeign(key, space.readKey);
    log.limit(blocks);
    log.split.subscribe(() => {
      logger.warn("an author has two histories");
      admitted.markSplit(key);
    });
    const { person, device } = read;
    const member: MemberLog = { log, space: space.id, person, device, header };
    space.logs.set(key, member);
    for (const listener of this.#listeners) listener(member, space);
    this.#changed.fire();
    return member;
  }
}
