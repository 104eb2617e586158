import type { LogKey } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Log } from "#core/storage/log.ts";

/** Growth is told at most this often for a line, in milliseconds. */
const REPORT_MS = 250;

export interface HaveReportsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly barrier: () => Promise<void>;
}

/**
 * Tells the other end of a line how much of each log is here. A claim is made
 * only after the disk barrier, so that "on 2 other computers" is true even if
 * one of them loses power now.
 */
export class HaveReports {
  readonly #options: HaveReportsOptions;
  readonly #send: (log: LogKey, length: number) => void;
  readonly #told = new Map<LogKey, number>();
  readonly #due = new Set<Log>();
  readonly #ends: (() => void)[] = [];
  #cancel: (() => void) | null = null;

  constructor(
    options: HaveReportsOptions,
    send: (log: LogKey, length: number) => void,
  ) {
    this.#options = options;
    this.#send = send;
  }

  /** Starts telling of a log: now, and whenever it grew. */
  follow(log: Log): void {
    if (log.isWritable) return;
    const grew = (): void => {
      this.#due.add(log);
      this.#cancel ??= this.#options.clock.after(REPORT_MS, () => {
        this.#cancel = null;
        this.#options.logger.background("have report", this.#report());
      });
    };
    this.#ends.push(log.grown.subscribe(grew));
    grew();
  }

  close(): void {
    this.#cancel?.();
    for (const end of this.#ends) end();
  }

  async #report(): Promise<void> {
    const logs = [...this.#due];
    this.#due.clear();
    const lengths = logs.map((log) => ({ log, length: log.heldLength }));
    await this.#options.barrier();
    for (const { log, length } of lengths) {
      if (length === 0 || this.#told.get(log.key) === length) continue;
      this.#told.set(log.key, length);
      this.#send(log.key, length);
    }
  }
}
