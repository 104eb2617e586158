import type { LogKey } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { HaveReports } from "#core/spaces/have-reports.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { LogStore } from "#core/storage/log-store.ts";
import type { Log } from "#core/storage/log.ts";
import type { KeepLine } from "./keep-line.ts";
import type { KeptSpaces } from "./kept-spaces.ts";

export interface ServingOptions {
  readonly spaces: Spaces;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Served {
  readonly haves: HaveReports;
  readonly logs: WeakSet<Log>;
  /** Signatures of the lists that were sent. */
  readonly lists: Set<string>;
}

/** Gives what is kept here to whoever shows the same keep key (KE3). */
export class Serving {
  readonly #options: ServingOptions;
  readonly #kept: KeptSpaces;
  readonly #served = new WeakMap<KeepLine, Served>();

  constructor(options: ServingOptions, kept: KeptSpaces) {
    this.#options = options;
    this.#kept = kept;
  }

  /** Offers what the other end of a line may have and was not offered. */
  offer(line: KeepLine): void {
    const keeps = line.session.keeps.peek();
    const served = this.#of(line);
    for (const { keep, list, logs } of this.#kept.all()) {
      if (!keeps.has(keep)) continue;
      if (!served.lists.has(list.signature)) {
        served.lists.add(list.signature);
        line.list(list);
      }
      for (const log of logs.values()) {
        if (served.logs.has(log)) continue;
        served.logs.add(log);
        log.replicate(line.session.line.stream);
        served.haves.follow(log);
      }
    }
  }

  /** A block as it rests on disk, of a log that both ends hold in common; else null (KE5). */
  async block(
    { session }: KeepLine,
    key: LogKey,
    index: number,
  ): Promise<Buffer | null> {
    const keeps = session.keeps.peek();
    for (const { keep, logs } of this.#kept.all()) {
      const log = logs.get(key);
      if (log !== undefined && keeps.has(keep))
        return await log.readSealed(index);
    }
    for (const id of session.common.peek()) {
      const member = this.#options.spaces.get(id)?.logs.get(key);
      if (member !== undefined) return await member.log.readSealed(index);
    }
    return null;
  }

  #of(line: KeepLine): Served {
    const known = this.#served.get(line);
    if (known !== undefined) return known;
    const { logs, clock, logger } = this.#options;
    const haves = new HaveReports(
      { clock, logger, barrier: logs.barrier },
      (log, length) => {
        line.held([{ log, length }]);
      },
    );
    const served = {
      haves,
      logs: new WeakSet<Log>(),
      lists: new Set<string>(),
    };
    this.#served.set(line, served);
    line.session.closed.then(
      () => {
        haves.close();
      },
      () => undefined,
    );
    return served;
  }
}
