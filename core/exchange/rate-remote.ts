import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Ask, Outcome, Remote } from "./exchange-remote.ts";
import { LimitedAsks } from "./rate-asks.ts";
import { LimitedBulk } from "./rate-bulk.ts";
import type { RateLimit } from "./rate.ts";
import type { Held } from "./wire.ts";

/** One end of a line that is asked no faster than a limit allows. */
export class LimitedRemote implements Remote {
  readonly #remote: Remote;
  readonly #asks: LimitedAsks<Outcome, Ask>;
  readonly bulk: LimitedBulk | undefined;

  constructor(remote: Remote, down: RateLimit) {
    this.#remote = remote;
    this.#asks = new LimitedAsks(remote, down, (_ask, outcome) =>
      Buffer.isBuffer(outcome) ? outcome.byteLength : 0,
    );
    if (remote.bulk !== undefined)
      this.bulk = new LimitedBulk(remote.bulk, down);
  }

  get session(): Session {
    return this.#remote.session;
  }

  get room(): number {
    return this.#asks.room;
  }

  ask(asks: readonly Ask[]): void {
    this.#asks.ask(asks);
  }

  cancel(asks: readonly Ask[]): void {
    this.#asks.cancel(asks);
  }

  held(roots: readonly FileRoot[]): Promise<readonly Held[] | null> {
    return this.#remote.held(roots);
  }

  map(root: FileRoot): Promise<Buffer | null> {
    return this.#remote.map(root);
  }

  tell(spaces: readonly SpaceId[]): void {
    this.#remote.tell(spaces);
  }

  /** The line is gone: what was still in line settles so. */
  close(): void {
    this.bulk?.close();
    this.#asks.close();
  }
}
