// Who may import whom: the table in ARCHITECTURE.md as rules. Type-only imports
// count. `import-rules.test.ts` plants one violation a rule and sees it caught.
import {
  BASE,
  BULK_LINK,
  CONTRACT,
  CORE_PORT,
  FEATURES,
  GROUND,
  HYPER,
  LINK,
  MAIN_FILE,
  OURS,
  PORT,
  RPC,
  SPACES,
  STORAGE,
  TEST,
} from "./import-places.mjs";

/**
 * One import. `from` is a path from the project's root; so is `to`, or it is
 * `package:name`, `node:name`, or `lost:what-was-written` where it leads nowhere.
 * @typedef {{ readonly from: string, readonly to: string, readonly typeOnly: boolean }} Import
 * @typedef {{ readonly name: string, readonly why: string, readonly breaks: (found: Import, manifest: Manifest) => boolean }} Rule
 * @typedef {{ readonly dependencies?: Readonly<Record<string, string>>, readonly devDependencies?: Readonly<Record<string, string>> }} Manifest
 */

/** @param {string} path @param {readonly RegExp[]} patterns */
const isAny = (path, patterns) =>
  patterns.some((pattern) => pattern.test(path));

/**
 * A folder of the core may import itself and the named places of ours, nothing
 * else of ours. Its tests may import more.
 * @param {string} folder
 * @param {string} why
 * @param {readonly RegExp[]} allowed
 * @returns {Rule}
 */
function layer(folder, why, allowed) {
  return {
    name: `${folder}-imports`,
    why,
    breaks: ({ from, to }) =>
      from.startsWith(`core/${folder}/`) &&
      !TEST.test(from) &&
      OURS.test(to) &&
      !to.startsWith(`core/${folder}/`) &&
      !isAny(to, allowed),
  };
}

/** @type {readonly Rule[]} */
export const RULES = [
  layer("contract", "the contract is pure: nothing of ours but itself", []),
  layer("rpc", "the wire knows the contract, and base for its server half", [
    CONTRACT,
    BASE,
  ]),
  layer("base", "base tools know no domain", []),
  layer("network", "how devices meet knows nothing of what they say", [
    CONTRACT,
    BASE,
  ]),
  layer("storage", "storage knows formats, not features", [CONTRACT, BASE]),
  layer(
    "spaces",
    "spaces stand on storage, the network's port, and who signs",
    [CONTRACT, BASE, STORAGE, PORT, /^core\/identity\/(identity|device)[.]ts$/],
  ),
  layer("host", "the browser host serves the core's port, no more", [
    CONTRACT,
    BASE,
    RPC,
    CORE_PORT,
  ]),
  layer("process", "a process puts a core, a network and a host together", [
    CONTRACT,
    BASE,
    RPC,
    CORE_PORT,
    /^core\/(host|network)\//,
  ]),
  {
    name: "feature-imports",
    why: "a feature stands on contract, base, spaces, storage and the network's port",
    breaks: ({ from, to }) =>
      FEATURES.test(from) &&
      !TEST.test(from) &&
      OURS.test(to) &&
      !isAny(to, [
        FEATURES,
        CONTRACT,
        BASE,
        STORAGE,
        SPACES,
        PORT,
        BULK_LINK,
        CORE_PORT,
      ]),
  },
  {
    name: "feature-by-main-file",
    why: "another feature is reached through its main file (feeds/feeds.ts), its model or its entries",
    breaks: ({ from, to }) =>
      FEATURES.test(from) &&
      !TEST.test(from) &&
      FEATURES.test(to) &&
      folderOf(from) !== folderOf(to) &&
      !GROUND.includes(folderOf(to)) &&
      !MAIN_FILE.test(to) &&
      !LINK.test(to),
  },
  {
    name: "ground-stands-below",
    why: "features that others stand on, in the order of GROUND: each knows only those before it",
    breaks: ({ from, to }) => {
      const place = GROUND.indexOf(folderOf(from));
      return (
        place !== -1 &&
        !TEST.test(from) &&
        FEATURES.test(to) &&
        folderOf(from) !== folderOf(to) &&
        !GROUND.slice(0, place).includes(folderOf(to))
      );
    },
  },
  {
    name: "core-stands-alone",
    why: "the core runs headless: no shell, no interface",
    breaks: ({ from, to }) =>
      from.startsWith("core/") && OURS.test(to) && !to.startsWith("core/"),
  },
  {
    name: "testing-is-for-tests",
    why: "test tools stay out of the product",
    breaks: ({ from, to }) =>
      /^(core|electron|renderer)\//.test(from) &&
      !TEST.test(from) &&
      to.startsWith("core/testing/"),
  },
  {
    name: "nothing-imports-tests",
    why: "a test is imported by nobody",
    breaks: ({ to }) => /[.](test|spec)[.]tsx?$/.test(to),
  },
  {
    name: "electron-imports",
    why: "the shell has no product logic: contract, rpc, the core's port, and the words of the interface",
    breaks: ({ from, to }) =>
      from.startsWith("electron/") &&
      !TEST.test(from) &&
      OURS.test(to) &&
      !to.startsWith("electron/") &&
      !isAny(to, [CONTRACT, RPC, CORE_PORT, /^renderer\/words\//]),
  },
  {
    name: "cli-imports",
    why: "the command line runs the whole core, and speaks the words of the interface",
    breaks: ({ from, to }) =>
      from.startsWith("cli/") &&
      !from.startsWith("cli/testing/") &&
      !TEST.test(from) &&
      OURS.test(to) &&
      !to.startsWith("cli/") &&
      !isAny(to, [
        CONTRACT,
        BASE,
        RPC,
        CORE_PORT,
        /^core\/core[.]ts$/,
        /^core\/process\//,
        /^renderer\/words\//,
        /^renderer\/ui\/foreign-text[.]ts$/,
      ]),
  },
  {
    name: "renderer-imports",
    why: "the picture knows the contract and the client half of rpc",
    breaks: ({ from, to }) =>
      from.startsWith("renderer/") &&
      OURS.test(to) &&
      !to.startsWith("renderer/") &&
      !isAny(to, [
        CONTRACT,
        /^core\/rpc\/(client|wire|remote-states|size)[.]ts$/,
      ]),
  },
  {
    name: "renderer-features-apart",
    why: "a screen never imports another feature's screen",
    breaks: ({ from, to }) => {
      const here = /^renderer\/features\/[^/]+\//.exec(from)?.[0];
      return (
        here !== undefined &&
        to.startsWith("renderer/features/") &&
        !to.startsWith(here)
      );
    },
  },
  {
    name: "renderer-ui-knows-no-feature",
    why: "building blocks know no feature",
    breaks: ({ from, to }) =>
      from.startsWith("renderer/ui/") && to.startsWith("renderer/features/"),
  },
  {
    name: "hyper-packages-below",
    why: "Hypercore and its kin stay in storage, network, spaces and testing",
    breaks: ({ from, to }) =>
      /^(core|electron|renderer)\//.test(from) &&
      !/^core\/(storage|network|spaces|testing|types)\//.test(from) &&
      HYPER.test(to),
  },
  {
    name: "electron-package-in-shell",
    why: "only electron/ may import electron",
    breaks: ({ from, to }) =>
      to === "package:electron" && !from.startsWith("electron/"),
  },
  {
    name: "react-in-renderer",
    why: "only the picture draws",
    breaks: ({ from, to }) =>
      to.startsWith("package:react") && /^(core|electron)\//.test(from),
  },
  {
    name: "sqlite-in-storage",
    why: "SQL lives behind core/storage/database.ts",
    breaks: ({ from, to }) =>
      to === "package:libsql" && !STORAGE.test(from) && OURS.test(from),
  },
  {
    name: "no-node-in-pure-layers",
    why: "the contract, the wire and the picture run without Node",
    breaks: ({ from, to }) =>
      to.startsWith("node:") &&
      /^(core\/contract|core\/rpc|renderer)\//.test(from) &&
      !TEST.test(from) &&
      !/^renderer\/(testing\/|[^/]+[.]config[.]ts$)/.test(from),
  },
  {
    name: "shipped-code-needs-dependencies",
    why: "what the core and the shell import at run time is a dependency, not a devDependency",
    breaks: ({ from, to, typeOnly }, manifest) =>
      /^(core|electron)\//.test(from) &&
      !TEST.test(from) &&
      !typeOnly &&
      to.startsWith("package:") &&
      to !== "package:electron" &&
      manifest.dependencies?.[to.slice("package:".length)] === undefined,
  },
  {
    name: "packages-are-named",
    why: "what is imported stands in package.json",
    breaks: ({ to }, { dependencies, devDependencies }) =>
      to.startsWith("package:") &&
      dependencies?.[to.slice("package:".length)] === undefined &&
      devDependencies?.[to.slice("package:".length)] === undefined,
  },
  {
    name: "no-parent-of-parent",
    why: "across folders it is #core/… or #renderer/…, not ../../",
    breaks: ({ to }) => to.startsWith("climb:"),
  },
  {
    name: "all-found",
    why: "an import leads somewhere",
    breaks: ({ to }) => to.startsWith("lost:"),
  },
];

/** @param {string} path */
const folderOf = (path) => path.slice(0, path.lastIndexOf("/"));
