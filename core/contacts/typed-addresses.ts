import { CoreError } from "#core/contract/errors.ts";
import { deadline, type Clock } from "#core/base/clock.ts";
import { createState } from "#core/base/state.ts";
import { readAddress, type Address } from "#core/network/port.ts";
import type { Session, Sessions } from "#core/spaces/session.ts";

export interface TypedAddressesOptions {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** What is wanted of the network has changed. */
  readonly onChange: () => void;
}

/** A computer on the same network answers within milliseconds, or is not there. */
const ANSWER_MS = 8_000;
/** The ones typed last are held a line to. */
const ADDRESSES = 8;

/**
 * Addresses that a person typed or scanned, for networks on which devices do not
 * hear each other (ME1). Kept as long as the app runs: contacts tell each other
 * theirs once they have met.
 */
export class TypedAddresses {
  readonly #options: TypedAddressesOptions;
  #addresses: readonly Address[] = [];

  constructor(options: TypedAddressesOptions) {
    this.#options = options;
  }

  all(): readonly Address[] {
    return this.#addresses;
  }

  /**
   * Holds a line to an address, `host:port`; resolves when somebody we have
   * something in common with answered there.
   * @throws `address-wrong`, `address-silent`
   */
  async connect(text: string): Promise<void> {
    const address = readAddress(text.trim());
    if (address === null) throw new CoreError("address-wrong", {});
    const others = this.#addresses.filter((one) => !isSame(one, address));
    this.#addresses = [address, ...others].slice(0, ADDRESSES);
    this.#options.onChange();
    try {
      await this.#untilMet(address);
    } catch (error) {
      this.#addresses = this.#addresses.filter((one) => !isSame(one, address));
      this.#options.onChange();
      throw error;
    }
  }

  async #untilMet(address: Address): Promise<void> {
    const { sessions, clock } = this.#options;
    const met = createState(false);
    const ends: (() => void)[] = [];
    function watch(session: Session): void {
      const { remote } = session.line;
      if (remote === null || !isSame(remote, address)) return;
      const look = (): void => {
        if (session.common.peek().size > 0) met.set(true);
      };
      ends.push(session.common.subscribe(look));
      look();
    }
    const live = new Set<Session>();
    function look(): void {
      for (const session of sessions.live.peek()) {
        if (live.has(session)) continue;
        live.add(session);
        watch(session);
      }
    }
    ends.push(sessions.live.subscribe(look));
    const came = new Promise<void>((resolve) => {
      ends.push(
        met.subscribe(() => {
          resolve();
        }),
      );
    });
    look();
    try {
      if (!met.peek())
        await deadline(
          clock,
          ANSWER_MS,
          came,
          () => new CoreError("address-silent", {}),
        );
    } finally {
      for (const end of ends) end();
    }
  }
}

function isSame(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port;
}
