import { anyOf, createState, type State } from "#core/base/state.ts";
import type { Exchange } from "./exchange.ts";
import type { Remote } from "./exchange-remote.ts";

/** The exchange with sources of another kind beside the ends of its lines. */
export function joinRemotes(
  exchange: Exchange,
  others: State<readonly Remote[]>,
): Exchange {
  const remotes = createState<readonly Remote[]>([]);
  function join(): void {
    remotes.set([...exchange.remotes.peek(), ...others.peek()]);
  }
  join();
  anyOf(exchange.remotes, others).subscribe(join);
  return { ...exchange, remotes };
}
