import type { Resource } from "#core/base/resource.ts";
import {
  readResults,
  writeOrder,
  type PlaceAnswer,
  type PlaceOrder,
} from "./place-messages.ts";
import type { Destination } from "./place-folder.ts";
import type { Arrival } from "./place-ready.ts";
import type { PlaceResult } from "./place.ts";
import { Thread } from "#core/base/thread.ts";

/**
 * Puts received files at their names in a thread of its own: thousands of small
 * files cost as many calls to the disk each.
 */
export class Placer implements Resource {
  readonly #thread = new Thread<PlaceOrder, PlaceAnswer>("place-worker");

  /** Puts files at their names; see `placeFiles`. */
  async place(
    destination: Destination,
    arrivals: readonly Arrival[],
  ): Promise<readonly PlaceResult[]> {
    if (arrivals.length === 0) return [];
    const order = writeOrder(destination, arrivals);
    const results = await this.#thread.ask(order, [order.bytes.buffer]);
    return readResults(destination, arrivals, results);
  }

  /** To be called when nothing is being placed. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
