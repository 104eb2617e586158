import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { encodeLane, type LaneMessage } from "./bulk-lane-wire.ts";
import { BulkFetching } from "./bulk-lanes.ts";
import type {
  FetchNews,
  FetchOrder,
  ServeNews,
  ServeOrder,
} from "./bulk-messages.ts";
import { BulkServeLanes, type BulkServeLaneParts } from "./bulk-serve-lanes.ts";
import { BulkThread } from "./bulk-thread.ts";
import type { FilesChannel } from "./exchange-channel.ts";

/** What the bulk lanes of all lines share. */
export interface BulkParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly fetchThread: BulkThread<FetchOrder, FetchNews>;
  readonly serveThread: BulkThread<ServeOrder, ServeNews>;
}

/** Threads start with the first lane and end with the last: there is nothing to close. */
export function createBulkParts({
  clock,
  random,
  logger,
}: {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): BulkParts {
  return {
    clock,
    random,
    fetchThread: new BulkThread("bulk-fetch-worker", logger),
    serveThread: new BulkThread("bulk-serve-worker", logger),
  };
}

/** The bulk lanes beside one line, one in each direction. */
export interface BulkSession {
  readonly fetching: BulkFetching;
  hear(message: LaneMessage): void;
  close(): void;
}

export function bulkOf(
  parts: BulkParts & Omit<BulkServeLaneParts, "thread" | "send">,
  channel: FilesChannel,
): BulkSession {
  const { fetchThread, serveThread } = parts;
  const send = (message: LaneMessage): void => {
    channel.send("lane", encodeLane(message));
  };
  const fetching = new BulkFetching({ ...parts, thread: fetchThread, send });
  const serving = new BulkServeLanes({ ...parts, thread: serveThread, send });
  return {
    fetching,
    hear(message) {
      if (message.kind === "agree" || message.kind === "refuse")
        fetching.hear(message);
      else serving.hear(message);
    },
    close() {
      fetching.close();
      serving.close();
    },
  };
}
