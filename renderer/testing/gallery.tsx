import { createRoot } from "react-dom/client";
import { App } from "#renderer/app.tsx";
import { home, readEntry } from "#renderer/routing/route.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { CompareGallery } from "./compare-gallery.tsx";
import { noKeepers } from "./fake-keepers.ts";
import { fakeManyCollection, manyFiles } from "./fake-many.ts";
import { fakeShell } from "./fake-shell.ts";
import {
  firstDay,
  fullWorld,
  newWorld,
  worldStore,
  type World,
} from "./fake-world.ts";
import { personId, spaceId } from "./fake-ids.ts";
import "../styles/base.css";

/** The whole app around a core in memory: `gallery.html?world=full&theme=dark&at=people`. Never shipped. */
const asked = new URLSearchParams(location.search);
const theme = asked.get("theme");

function worldOf(name: string | null): World {
  switch (name) {
    case "setup":
      return newWorld(["keyring"]);
    case "setup-no-keyring":
      return newWorld(["password", "unlocked"]);
    case "locked":
      return { ...newWorld([]), app: { stage: "locked", lock: "password" } };
    case "keyring":
      return { ...newWorld([]), app: { stage: "locked", lock: "keyring" } };
    case "starting":
      return { ...newWorld([]), app: { stage: "starting" } };
    case "failed":
      return {
        ...newWorld([]),
        app: { stage: "failed", problem: "store-moved", detail: null },
      };
    case "damaged":
      return {
        ...newWorld([]),
        app: {
          stage: "failed",
          problem: "store-damaged",
          detail: "local.db: SQLITE_NOTADB file is not a database",
        },
      };
    case "many":
      return {
        ...fullWorld(),
        collections: [fakeManyCollection(readClock())],
      };
    case "first":
      return firstDay();
    case "silent":
      return { ...fullWorld(), silent: true };
    case "no-keepers":
      return { ...fullWorld(), keepers: noKeepers };
    case "one-keeper":
      return oneKeeper(fullWorld());
    case "offline":
      return {
        ...fullWorld(),
        network: {
          reach: "everywhere",
          stage: "offline",
          connected: [],
          leftOut: [],
          nearby: 0,
          helpers: [],
          addresses: [],
        },
      };
    default:
      return fullWorld(Number(asked.get("posts") ?? "240"));
  }
}

function oneKeeper(world: World): World {
  const { keepers } = world;
  return {
    ...world,
    keepers: { ...noKeepers, mine: keepers.mine.slice(0, 1) },
  };
}

const world = worldOf(asked.get("world"));
const chosen = theme === "dark" || theme === "light" ? theme : "system";
const store = worldStore({
  ...world,
  settings: { ...world.settings, theme: chosen },
});
const shell = fakeShell(store, asked.get("line") === "down" ? "down" : "up");

const first = world.posts[0];
const places: Readonly<Record<string, unknown>> = {
  home,
  people: { screen: "people" },
  files: { screen: "files" },
  settings: { screen: "settings" },
  room: { screen: "room" },
  keepers: { screen: "keepers" },
  connection: { screen: "connection" },
  post: { screen: "post", post: first?.ref },
  person: { screen: "person", person: personId("Ana Torres") },
  me: { screen: "person", person: personId("Mira Holm") },
  mine: {
    screen: "collection",
    collection: spaceId("Garden papers"),
    folder: "",
  },
  theirs: {
    screen: "collection",
    collection: spaceId("Summer concert"),
    folder: "",
  },
  many: { screen: "collection", collection: manyFiles, folder: "" },
  missing: {
    screen: "collection",
    collection: spaceId("Photos of the old orchard"),
    folder: "",
  },
  link: {
    screen: "link",
    link:
      asked.get("link") ??
      "commonplace:invite8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8y",
  },
};
const entry = readEntry({
  route: places[asked.get("at") ?? "home"] ?? home,
  depth: 0,
});
history.replaceState(entry, "");

declare global {
  interface Window {
    fake?: typeof shell;
  }
}
window.fake = shell;

const place = document.querySelector("#app");
if (place === null) throw new Error("the page has no place for the app");
const at = asked.get("at") ?? "home";
if (at.startsWith("compare-")) {
  document.documentElement.dataset["theme"] = chosen;
  createRoot(place).render(<CompareGallery shell={shell} at={at} />);
} else createRoot(place).render(<App shell={shell} />);
