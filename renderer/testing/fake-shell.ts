import type { Shell } from "#renderer/shell/shell.ts";
import { fakeClient } from "./fake-client.ts";
import { nextGrantId } from "./fake-ids.ts";
import { fakeSmallPicture } from "./fake-many.ts";
import { fakeTable, fakeText } from "./fake-texts.ts";
import { fakePicture } from "./fake-pictures.ts";
import type { WorldStore } from "./fake-world.ts";

export interface FakeShell extends Shell {
  readonly store: WorldStore;
  /** Addresses that were opened outside. */
  readonly opened: string[];
  /** As when the app is opened with a link. */
  readonly deliver: (link: string) => void;
}

/** The surroundings of the page, in memory. */
export function fakeShell(
  store: WorldStore,
  connection: "up" | "down" = "up",
): FakeShell {
  const opened: string[] = [];
  const listeners = new Set<(link: string) => void>();
  return {
    store,
    opened,
    client: fakeClient(store, connection),
    // A look has no name.
    fileUrl: (root, name) =>
      name === ""
        ? fakeSmallPicture(root)
        : name.endsWith(".txt")
          ? fakeText(root)
          : name.endsWith(".csv")
            ? fakeTable()
            : fakePicture(name),
    grant: (file) =>
      Promise.resolve({
        grant: nextGrantId(),
        name: file.name,
        size: file.size,
      }),
    openOutside: (address) => opened.push(address),
    onLink: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deliver: (link) => {
      for (const listener of listeners) listener(link);
    },
  };
}
