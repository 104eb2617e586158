import c from "compact-encoding";
import type Protomux from "protomux";
import type { Session } from "#core/spaces/session.ts";
import { WireError } from "./wire-reader.ts";
import { FILES_PROTOCOL } from "./wire.ts";

/** The order is the number on the wire: only ever add at the end. */
const KINDS = [
  "ask",
  "answer",
  "lack",
  "cancel",
  "holds",
  "held",
  "news",
  "map",
  "mapped",
  "lane",
] as const;
const NO_HEAD = Buffer.alloc(0);
export type FilesMessage = (typeof KINDS)[number];

/** What one opening of the channel does with what comes in. */
export interface FilesHandler {
  /** The other end opened its side too. */
  readonly opened: () => void;
  readonly receive: (kind: FilesMessage, bytes: Buffer) => void;
  /** Room again after a `send` that answered false. */
  readonly drained: () => void;
  /** Nothing comes or goes any more; called once. */
  readonly closed: () => void;
}

/** One opening of the channel. */
export interface FilesChannel {
  /**
   * Sends a message, after a head when one is given. False when the line is
   * full: wait for `drained`. Silently nothing once closed.
   */
  send(kind: FilesMessage, bytes: Buffer, head?: Buffer): boolean;
}

/**
 * Keeps the files channel of a session open. Whatever a handler throws ends the
 * line and not the app (HO1).
 *
 * The two ends may attach at different moments, and an opening that comes before
 * the other end attached is refused by it. So each end also answers the other's
 * opening with its own.
 */
export function openFilesChannel(
  session: Session,
  attach: (channel: FilesChannel) => FilesHandler,
): void {
  const { mux } = session;
  let current: Protomux.Channel | null = null;
  let openings = 0;
  let head: Buffer = NO_HEAD;

  /** Writes head and bytes into the line's own buffer: joining them first would copy every chunk twice. */
  const encoding = {
    preencode(state: { end: number }, bytes: Buffer) {
      state.end += head.byteLength + bytes.byteLength;
    },
    encode(state: Parameters<typeof c.raw.encode>[0], bytes: Buffer) {
      c.raw.encode(state, head);
      c.raw.encode(state, bytes);
    },
    decode: (state: Parameters<typeof c.raw.decode>[0]) => c.raw.decode(state),
  };

  function guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof WireError) session.end("files-format");
      else session.end("files-handler", error);
    }
  }

  function open(): void {
    if (current !== null && !current.closed) return;
    // An end that closes and opens its channel over and over wears the line out.
    if (++openings > 2) session.fault("files-channel-reopened");
    const channel = mux.createChannel({
      protocol: FILES_PROTOCOL,
      messages: KINDS.map((kind) => ({
        encoding,
        onmessage(bytes: Buffer) {
          guard(() => {
            handler.receive(kind, bytes);
          });
        },
      })),
      onopen() {
        guard(handler.opened);
      },
      ondrain() {
        guard(handler.drained);
      },
      onclose() {
        guard(handler.closed);
      },
    });
    if (channel === null) return;
    const handler = attach({
      send(kind, bytes, before = NO_HEAD) {
        if (channel.closed) return false;
        head = before;
        return channel.messages[KINDS.indexOf(kind)]?.send(bytes) ?? false;
      },
    });
    current = channel;
    channel.open();
  }

  mux.pair({ protocol: FILES_PROTOCOL }, open);
  open();
}
