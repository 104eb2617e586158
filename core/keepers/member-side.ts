import type { KeepId, LogKey } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import { readHeader } from "#core/spaces/header.ts";
import { isKeepable, keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import { isKeepList } from "#core/spaces/keep-list.ts";
import type { KeepList } from "#core/spaces/keep-list.ts";
import type { KeepKey } from "#core/spaces/meeting-keys.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { LogStore } from "#core/storage/log-store.ts";
import type { Log } from "#core/storage/log.ts";

export interface MemberSideOptions {
  readonly spaces: Spaces;
  readonly logs: LogStore;
  readonly logger: Logger;
}

/**
 * What somebody who may read does with a blind keeper: gives it the logs it
 * keeps, sealed as they are, and takes from it what others gave (KE3).
 */
export class MemberSide {
  readonly #options: MemberSideOptions;
  readonly #joined = new WeakMap<Session, Set<Log>>();
  /** Logs of which only the header is asked for, until it lets them in. */
  readonly #candidates = new Map<LogKey, Promise<void>>();

  constructor(options: MemberSideOptions) {
    this.#options = options;
  }

  /** What is shown beside the tags of the spaces themselves. */
  keys(): readonly KeepKey[] {
    return this.#options.spaces.all().filter(isKeepable).map(keepKeyOfSpace);
  }

  spaceOf(keep: KeepId): Space | null {
    const { spaces } = this.#options;
    return (
      spaces
        .all()
        .find((it) => isKeepable(it) && keepKeyOfSpace(it).id === keep) ?? null
    );
  }

  /** Spaces that the other end of a line keeps and cannot read. */
  spacesKeptOn(session: Session): readonly Space[] {
    const common = session.common.peek();
    const keeps = session.keeps.peek();
    if (keeps.size === 0) return [];
    return this.#options.spaces
      .all()
      .filter(
        (space) =>
          isKeepable(space) &&
          !common.has(space.id) &&
          keeps.has(keepKeyOfSpace(space).id),
      );
  }

  /** Carries the logs of what is kept at the other end over a line, those new since the last call. */
  join(session: Session): void {
    for (const space of this.spacesKeptOn(session))
      for (const { log } of space.logs.values()) this.#replicate(session, log);
  }

  /** A keeper says which logs it keeps: those not known yet are looked at. */
  async onList(session: Session, list: KeepList): Promise<void> {
    const space = this.spacesKeptOn(session).find(
      (it) => keepKeyOfSpace(it).id === list.keep,
    );
    if (space === undefined) return;
    if (list.person !== space.charter.founder || !isKeepList(list)) {
      session.fault("keep-list-false");
      return;
    }
    for (const key of list.logs)
      if (!space.logs.has(key)) await this.#consider(session, space, key);
    this.join(session);
  }

  #replicate(session: Session, log: Log): void {
    const joined = this.#joined.get(session) ?? new Set();
    this.#joined.set(session, joined);
    if (joined.has(log)) return;
    joined.add(log);
    log.replicate(session.line.stream);
  }

  /** Fetches the header alone, and lets it decide (SP5, SP6). */
  async #consider(session: Session, space: Space, key: LogKey): Promise<void> {
    const { logs, spaces, logger } = this.#options;
    const log = await logs.openForeign(key, space.readKey);
    if (spaces.get(space.id)?.logs.has(key) === true) return;
    log.limit(1);
    this.#replicate(session, log);
    if (this.#candidates.has(key)) return;
    const admitted = this.#admit(space, log);
    this.#candidates.set(key, admitted);
    logger.background("keeper's log", admitted);
  }

  async #admit(space: Space, log: Log): Promise<void> {
    const { spaces } = this.#options;
    const header = await firstBlock(log);
    const tryIt = async (): Promise<boolean> => {
      const known = spaces.get(space.id)?.logs.has(log.key) === true;
      if (known || readHeader(header, log.key) === null) return true;
      return (await spaces.admit(space.id, log.key, header)) !== null;
    };
    if (await tryIt()) return;
    // The founder's word about its person may be in a log that is still on its way.
    const end = spaces.reconsidered.subscribe(() => {
      this.#options.logger.background(
        "keeper's log",
        tryIt().then((isDone) => {
          if (isDone) end();
        }),
      );
    });
  }
}

function firstBlock(log: Log): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      log.read(0).then((block) => {
        if (block === null) return;
        end();
        resolve(block);
      }, reject);
    };
    const end = log.grown.subscribe(look);
    look();
  });
}
