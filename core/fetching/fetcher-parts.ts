import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Fetched } from "./fetch-part.ts";
import type { Fetchers } from "./fetchers.ts";
import type { Content, Naming } from "#core/files/model.ts";

/** What a fetcher stands on. */
export interface FetcherParts {
  readonly exchange: Exchange;
  readonly naming: Naming;
  /** Absolute; made when it is missing. On the disk the files will lie on (FI4). */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: Random;
  /** The others of this app, whose work this one may go on with. */
  readonly fetchers?: Fetchers;
  /** Takes content that came in whole because all of it was read. */
  readonly onWhole?: (content: Content, fetched: Fetched) => Promise<void>;
}
