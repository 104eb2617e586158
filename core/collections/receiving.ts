import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { ErrorCode } from "#core/contract/errors.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import { Fetcher } from "#core/fetching/fetch.ts";
import type { Fetchers } from "#core/fetching/fetchers.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Naming } from "#core/files/model.ts";
import { cleanIncoming, openDestination } from "#core/files/place-folder.ts";
import type { Placer } from "#core/files/placer.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import { RoomFetcher } from "#core/keeping/room-fetcher.ts";
import type { Database } from "#core/storage/database.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ComingFile } from "./coming-files.ts";
import { Download } from "./download.ts";
import type { DownloadParts } from "./download.ts";
import { ReceivingFolder } from "./receiving-folder.ts";
import type { ReceivingParts } from "./receiving-folder.ts";
import type {
  SavedFile,
  SavedFiles,
  SavedPlace,
} from "#core/folders/saved-files.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import type { Report } from "#core/transfers/transfer-run.ts";

export interface ReceivingOptions {
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly placer: Placer;
  readonly keeping: Pick<Keeping, "room">;
  readonly local: Database;
  readonly exchange: Exchange;
  readonly naming: Naming;
  readonly fetchers: Fetchers;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Resolves when all that is here of every space has been folded. */
  readonly settled: () => Promise<void>;
  /** Keeps what is about to be replaced by a newer version. */
  readonly keepVersion: ReceivingParts["keepVersion"];
  /** How a file was left that no transfer put there: it is shared from here. */
  readonly leftOf: ReceivingParts["leftOf"];
  readonly mayCome: ReceivingParts["mayCome"];
  readonly wasRemoved: DownloadParts["wasRemoved"];
  /** Files of a collection came to be here. */
  readonly onPlaced: (space: SpaceId, files: readonly SavedFile[]) => void;
  /** Whether another transfer that is not done needs what lies half-fetched. */
  readonly isNeeded: (destination: number, but: TransferId) => boolean;
}

/** How a file stands in the transfers of this run of the app. */
export type ComingState =
  | { readonly kind: "coming"; readonly file: ComingFile }
  | { readonly kind: "failed"; readonly problem: ErrorCode }
  | { readonly kind: "covered" };

interface Open {
  users: number;
  readonly ready: Promise<{
    readonly folder: ReceivingFolder;
    readonly close: () => Promise<void>;
  }>;
}

/** Receives files of others into folders of this computer. */
export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #open = new Map<number, Open>();
  /** Settled when a folder that was used last has been let go. */
  readonly #closing = new Map<number, Promise<void>>();
  readonly #downloads = new Map<TransferId, Download>();

  constructor(options: ReceivingOptions) {
    this.#options = options;
  }

  /** Runs one transfer; see `Download.run`. */
  async run(
    transfer: StoredTransfer,
    signal: AbortSignal,
    report: Report,
  ): Promise<void> {
    const { saved, settled } = this.#options;
    const place = saved.placeById(transfer.destination ?? -1);
    if (place === null) throw new CoreError("folder-missing", { name: "" });
    await settled();
    const { folder } = await this.#enter(place);
    try {
      const download = new Download(
        { ...this.#options, folder },
        transfer,
        signal,
        report,
      );
      this.#downloads.set(transfer.transfer, download);
      await download.run();
    } finally {
      await this.#leave(place);
    }
    this.#downloads.delete(transfer.transfer);
    await this.#tidy(place, transfer.transfer);
  }

  /** Lets some work use a folder that files are received into. */
  async use(
    place: SavedPlace,
    work: (folder: ReceivingFolder) => Promise<void>,
  ): Promise<void> {
    const { folder } = await this.#enter(place);
    try {
      await work(folder);
    } finally {
      await this.#leave(place);
    }
  }

  /** What a transfer says of a file; null when it is none of its. */
  stateOf(transfer: TransferId, path: string): ComingState | null {
    const download = this.#downloads.get(transfer);
    if (download?.covers(path) !== true) return null;
    const problem = download.problemOf(path);
    if (problem !== null) return { kind: "failed", problem };
    const file = download.coming(path);
    return file === null ? { kind: "covered" } : { kind: "coming", file };
  }

  /** Whether a transfer waits for versions that are no longer listed, and should begin anew. */
  isOutdated(transfer: TransferId): boolean {
    return this.#downloads.get(transfer)?.isOutdated ?? false;
  }

  /** Forgets a transfer that was given up; what lies half-fetched goes when nobody needs it. */
  async forget({ transfer, destination }: StoredTransfer): Promise<void> {
    this.#downloads.delete(transfer);
    const place = this.#options.saved.placeById(destination ?? -1);
    if (place !== null) await this.#tidy(place, transfer);
  }

  async #tidy(place: SavedPlace, but: TransferId): Promise<void> {
    const { destination } = place;
    if (this.#open.has(destination)) return;
    await this.#close(destination, async () => {
      if (this.#options.isNeeded(destination, but)) return;
      const path = join(place.base, place.name);
      // Opening makes the folder; there is nothing to clean where none is.
      if ((await stat(path).catch(() => null)) === null) return;
      // What cannot be cleaned up stays until somebody downloads there again.
      const opened = await openDestination(path).catch(() => null);
      if (opened !== null) await cleanIncoming(opened, new Set());
    });
  }

  /** Runs what has to be over before the folder is entered again. */
  #close(destination: number, work: () => Promise<void>): Promise<void> {
    const before = this.#closing.get(destination) ?? Promise.resolve();
    const closing = before.then(work, work).finally(() => {
      if (this.#closing.get(destination) === closing)
        this.#closing.delete(destination);
    });
    this.#closing.set(destination, closing);
    return closing;
  }

  async #enter(place: SavedPlace) {
    const { destination } = place;
    for (;;) {
      const closing = this.#closing.get(destination);
      if (closing === undefined) break;
      await closing.catch(() => undefined);
    }
    let open = this.#open.get(destination);
    if (open === undefined) {
      open = { users: 0, ready: this.#openFolder(place) };
      this.#open.set(destination, open);
    }
    open.users++;
    try {
      return await open.ready;
    } catch (error) {
      await this.#leave(place);
      throw error;
    }
  }

  async #openFolder(place: SavedPlace) {
    const { exchange, naming, fetchers, clock, logger } = this.#options;
    const destination = await openDestination(join(place.base, place.name));
    const fetcher = new Fetcher({
      exchange,
      naming,
      folder: destination.incoming,
      fetchers,
      clock,
      logger,
    });
    const folder = new ReceivingFolder({
      ...this.#options,
      place,
      destination,
      fetcher: new RoomFetcher(
        fetcher,
        this.#options.keeping.room,
        destination.incoming,
      ),
    });
    return {
      folder,
      close: () => fetcher.close(),
    };
  }

  async #leave({ destination }: SavedPlace): Promise<void> {
    const open = this.#open.get(destination);
    if (open === undefined || --open.users > 0) return;
    this.#open.delete(destination);
    await this.#close(destination, async () => {
      const opened = await open.ready.catch(() => null);
      await opened?.close();
    });
  }
}
