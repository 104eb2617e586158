import { isLink, readLinks } from "./options.ts";

/** Links that wait for a page; more than a person would ever click in the meantime. */
const WAITING_LINKS = 16;

/** Links the app was opened with, kept until a page asks for them. Nothing here acts on one. */
export interface LinkInbox {
  /** Takes what is there, and everything that comes later. Replaces an earlier taker. */
  take(deliver: (link: string) => void): void;
  /** The page is gone: links wait again. */
  hold(): void;
}

export interface LinkEvents {
  /** The command line of this start. */
  readonly args: readonly string[];
  readonly app: {
    on(
      event: "second-instance",
      listener: (event: unknown, args: string[]) => void,
    ): unknown;
    on(
      event: "open-url",
      listener: (event: { preventDefault(): void }, link: string) => void,
    ): unknown;
  };
  /** A link or a second start asks for the window. */
  readonly onWanted: () => void;
}

/** Collects links from the command line, from a second start, and from macOS's own event. */
export function collectLinks({ args, app, onWanted }: LinkEvents): LinkInbox {
  let deliver: ((link: string) => void) | null = null;
  let waiting: string[] = [];

  function put(link: string): void {
    if (deliver !== null) deliver(link);
    else waiting = [...waiting, link].slice(-WAITING_LINKS);
  }

  for (const link of readLinks(args)) put(link);
  app.on("second-instance", (_event, later) => {
    for (const link of readLinks(later)) put(link);
    onWanted();
  });
  // macOS may send this before the app is ready.
  app.on("open-url", (event, link) => {
    event.preventDefault();
    if (isLink(link)) put(link);
    onWanted();
  });

  return {
    take(next) {
      deliver = next;
      const early = waiting;
      waiting = [];
      for (const link of early) next(link);
    },
    hold() {
      deliver = null;
    },
  };
}
