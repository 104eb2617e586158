import * as v from "valibot";
import { readOutside } from "#core/contract/outside.ts";
import { HANDED_BYTES } from "#core/contract/limits.ts";
import { CHANNELS } from "./channels.ts";
import { isOwnPage } from "./origin.ts";

/** Who sent a message. A frame that has gone meanwhile is null. */
export interface Sender {
  readonly senderFrame: {
    readonly url: string;
    readonly parent: unknown;
  } | null;
}

/** Whether a message comes from the main frame of our own page. */
export function isFromPage({ senderFrame }: Sender): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnPage(senderFrame.url)
  );
}

type Handler<Event> = (event: Event, ...args: unknown[]) => unknown;

export interface DoorParts<Event extends Sender> {
  readonly ipc: {
    handle(channel: string, handler: Handler<Event>): unknown;
    on(channel: string, handler: Handler<Event>): unknown;
  };
  /** Hands the page a new line to the core; false when there is no core now. */
  readonly giveLine: (event: Event) => boolean;
  readonly grant: (path: string) => Promise<unknown>;
  readonly keep: (bytes: Uint8Array, name: string) => Promise<unknown>;
  readonly openExternal: (address: string) => Promise<void>;
  /** The page is ready for links. */
  readonly giveLinks: (event: Event) => void;
}

/** A path as the preload got it from the file a person dropped or chose. */
const pathSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(8192));

/** A file that a script made or a person pasted: its bytes and a name to show. */
const bytesSchema = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.length <= HANDED_BYTES, "within the limit"),
);
const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(255));

/** Opens the door that the preload knocks at. Whoever else knocks is refused. */
export function openDoor<Event extends Sender>(parts: DoorParts<Event>): void {
  const { ipc } = parts;

  function check(event: Event): void {
    if (!isFromPage(event)) throw new Error("not for you");
  }

  ipc.handle(CHANNELS.line, (event) => {
    check(event);
    return parts.giveLine(event);
  });
  ipc.handle(CHANNELS.grant, (event, path) => {
    check(event);
    return parts.grant(v.parse(pathSchema, path));
  });
  ipc.handle(CHANNELS.keep, (event, bytes, name) => {
    check(event);
    return parts.keep(v.parse(bytesSchema, bytes), v.parse(nameSchema, name));
  });
  ipc.on(CHANNELS.outside, async (event, address) => {
    if (!isFromPage(event) || typeof address !== "string") return;
    const outside = readOutside(address);
    // A desktop without a browser: there is nothing to tell the page.
    if (outside !== null)
      await parts.openExternal(outside).catch(() => undefined);
  });
  ipc.on(CHANNELS.links, (event) => {
    if (isFromPage(event)) parts.giveLinks(event);
  });
}
