import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import { createState, type State } from "#core/base/state.ts";
import type { Session, Sessions } from "#core/spaces/session.ts";
import {
  openFilesChannel,
  type FilesChannel,
  type FilesHandler,
  type FilesMessage,
} from "./exchange-channel.ts";
import { decodeLane } from "./bulk-lane-wire.ts";
import { bulkOf, type BulkParts } from "./bulk-session.ts";
import { Asking, type Remote } from "./exchange-remote.ts";
import {
  joinReaders,
  type ContentReader,
  type GrowingReader,
} from "./content-reader.ts";
import { Serving } from "./exchange-serve.ts";
import { GivenCounts } from "./serve-queue.ts";
import { Telling } from "./exchange-tell.ts";
import type { Naming } from "#core/files/model.ts";
import {
  decodeAnswers,
  decodeAsk,
  decodeHeld,
  decodeHolds,
  decodeIds,
  decodeMap,
  decodeMapped,
  decodeNews,
  type Part,
} from "./wire.ts";

export interface ExchangeParts {
  /** Opens bulk lanes with these (FI11); without, everything goes over the lines. */
  readonly bulk?: BulkParts;
  readonly sessions: Pick<Sessions, "onSession">;
  readonly naming: Naming;
  readonly reader: ContentReader;
  readonly logger: Logger;
}

export type NewsListener = (remote: Remote, spaces: readonly SpaceId[]) => void;
export type ShownListener = (session: Session, root: FileRoot) => void;
export type GaveListener = (session: Session, part: Part) => void;

/** Content on the wire, in both directions (FI2, FI5): attaches itself to every session. */
export interface Exchange {
  /** Other ends whose files channel is up. */
  readonly remotes: State<readonly Remote[]>;
  /** The other end told that it holds more in some of our common spaces. */
  onNews(listener: NewsListener): void;
  /** Serves what is still being fetched too: those who fetch give to each other. */
  serveGrowing(reader: GrowingReader): void;
  /** Tells everybody with one of these spaces that there is more to ask us for. */
  tell(spaces: readonly SpaceId[]): void;
  /** Notes that an end which says to hold all of a content gave a part of it that was verified. */
  shown(session: Session, root: FileRoot): void;
  onShown(listener: ShownListener): void;
  /** A part of a content went out to the other end. */
  onGave(listener: GaveListener): void;
}

export function createExchange(parts: ExchangeParts): Exchange {
  const remotes = createState<readonly Remote[]>([]);
  const opened: Remote[] = [];

  /** A line beside a better one to the same device is asked for nothing. */
  function choose(): void {
    remotes.set(opened.filter(({ session }) => !session.isSpare.peek()));
  }

  const listeners: NewsListener[] = [];
  const shownListeners: ShownListener[] = [];
  const gaveListeners: GaveListener[] = [];
  let growing: GrowingReader | null = null;
  const reader = joinReaders(parts.reader, () => growing);
  const counts = new GivenCounts();

  function attach(session: Session, channel: FilesChannel): FilesHandler {
    const onGave = (part: Part): void => {
      for (const listener of gaveListeners) listener(session, part);
    };
    const ours = { ...parts, reader, session, counts, onGave };
    const serving = new Serving(ours, channel);
    const bulk =
      parts.bulk === undefined
        ? null
        : bulkOf({ ...ours, ...parts.bulk }, channel);
    const telling = new Telling({ ...parts, reader, session }, channel);
    const asking = new Asking(session, channel, bulk?.fetching);

    function news(spaces: readonly SpaceId[]): void {
      const common = session.common.peek();
      const told = spaces.filter((space) => common.has(space));
      for (const listener of listeners) listener(asking, told);
    }

    const endSpare = session.isSpare.subscribe(choose);

    function receive(kind: FilesMessage, bytes: Buffer): void {
      switch (kind) {
        case "ask":
          serving.ask(decodeAsk(bytes));
          break;
        case "answer":
          asking.answered(decodeAnswers(bytes));
          break;
        case "lack":
          asking.lacked(decodeIds(bytes));
          break;
        case "cancel":
          serving.cancel(decodeIds(bytes));
          break;
        case "holds":
          telling.holds(decodeHolds(bytes));
          break;
        case "held":
          asking.heldAnswered(decodeHeld(bytes));
          break;
        case "news":
          news(decodeNews(bytes));
          break;
        case "map":
          telling.map(decodeMap(bytes));
          break;
        case "mapped":
          asking.mapped(decodeMapped(bytes));
          break;
        case "lane":
          bulk?.hear(decodeLane(bytes));
          break;
      }
    }

    return {
      receive,
      opened() {
        opened.push(asking);
        choose();
      },
      drained() {
        serving.drained();
        telling.drained();
      },
      closed() {
        serving.close();
        telling.close();
        asking.close();
        bulk?.close();
        endSpare();
        const at = opened.indexOf(asking);
        if (at !== -1) opened.splice(at, 1);
        choose();
      },
    };
  }

  parts.sessions.onSession((session) => {
    openFilesChannel(session, (channel) => attach(session, channel));
  });

  return {
    remotes,
    onNews(listener) {
      listeners.push(listener);
    },
    shown(session, root) {
      for (const listener of shownListeners) listener(session, root);
    },
    onShown(listener) {
      shownListeners.push(listener);
    },
    onGave(listener) {
      gaveListeners.push(listener);
    },
    serveGrowing(reader) {
      growing = reader;
    },
    tell(spaces) {
      for (const remote of remotes.peek()) remote.tell(spaces);
    },
  };
}
