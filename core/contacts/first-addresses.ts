import type { Clock } from "#core/base/clock.ts";
import type { State } from "#core/base/state.ts";
import type { Address } from "#core/network/port.ts";

/** How long an invite waits for the network to say where this device is, in milliseconds. */
const WAKE_MS = 1_500;

/** The addresses of this device, once there are any; none after a moment's wait. */
export function firstAddresses(
  addresses: State<readonly Address[]>,
  clock: Clock,
): Promise<readonly Address[]> {
  if (addresses.peek().length > 0) return Promise.resolve(addresses.peek());
  return new Promise((resolve) => {
    function done(): void {
      cancel();
      end();
      resolve(addresses.peek());
    }
    const cancel = clock.after(WAKE_MS, done);
    const end = addresses.subscribe(() => {
      if (addresses.peek().length > 0) done();
    });
  });
}
