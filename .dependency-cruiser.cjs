// Who may import whom: the table in ARCHITECTURE.md as rules. Type-only imports
// count. `scripts/import-rules.test.ts` plants one violation a rule and sees it caught.

const FEATURES =
  "self|identity|contacts|feeds|conversations|collections|files|rules|search|keeper|backup";
const TEST = "[.]test[.]tsx?$";

/** Files of one folder of the core, its tests aside. */
const inCore = (folder) => ({ path: `^core/(${folder})/`, pathNot: TEST });

/**
 * A folder may import itself and the named places of ours, nothing else of ours.
 * Packages have rules of their own, below.
 */
function layer(folder, comment, allowed) {
  return {
    name: `${folder}-imports`,
    comment,
    severity: "error",
    from: inCore(folder),
    to: {
      path: "^(core|electron|renderer|e2e|bench|scripts)/",
      pathNot: [`^core/${folder}/`, "^core/types/", ...allowed],
    },
  };
}

const CONTRACT = "^core/contract/";
const BASE = "^core/base/";
const STORAGE = "^core/storage/";
const SPACES = "^core/spaces/";
const RPC = "^core/rpc/";
const PORT = "^core/network/port[.]ts$";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer("contract", "The contract is pure: nothing of ours but itself.", []),
    layer("rpc", "The wire knows the contract, and base for its server half.", [
      CONTRACT,
      BASE,
    ]),
    layer("base", "Base tools know no domain.", []),
    layer("network", "How devices meet knows nothing of what they say.", [
      CONTRACT,
      BASE,
    ]),
    layer("storage", "Storage knows formats, not features.", [CONTRACT, BASE]),
    layer("spaces", "Spaces stand on storage and the network's port.", [
      CONTRACT,
      BASE,
      STORAGE,
      PORT,
    ]),
    layer("host", "The browser host serves the contract, no more.", [
      CONTRACT,
      BASE,
      RPC,
    ]),
    {
      name: "feature-imports",
      comment:
        "A feature stands on contract, base, spaces, storage and the network's port.",
      severity: "error",
      from: inCore(FEATURES),
      to: {
        path: "^(core|electron|renderer|e2e|bench|scripts)/",
        pathNot: [
          `^core/(${FEATURES})/`,
          "^core/types/",
          CONTRACT,
          BASE,
          STORAGE,
          SPACES,
          PORT,
        ],
      },
    },
    {
      name: "feature-by-main-file",
      comment:
        "Another feature is reached through its main file (feeds/feeds.ts) or its model (feeds/model.ts).",
      severity: "error",
      from: { path: `^core/(${FEATURES})/`, pathNot: TEST },
      to: {
        path: `^core/(${FEATURES})/`,
        pathNot: [
          "^core/$1/",
          "^core/([a-z]+)/\\1[.]ts$",
          "^core/[a-z]+/model[.]ts$",
        ],
      },
    },
    {
      name: "core-stands-alone",
      comment: "The core runs headless: no shell, no interface.",
      severity: "error",
      from: { path: "^core/" },
      to: { path: "^(electron|renderer|e2e|bench|scripts)/" },
    },
    {
      name: "testing-is-for-tests",
      comment: "Test tools stay out of the product.",
      severity: "error",
      from: {
        path: "^(core|electron|renderer)/",
        pathNot: [TEST, "^core/testing/"],
      },
      to: { path: "^core/testing/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "A test is imported by nobody.",
      severity: "error",
      from: {},
      to: { path: TEST },
    },
    {
      name: "electron-imports",
      comment: "The shell has no product logic: contract and rpc only.",
      severity: "error",
      from: { path: "^electron/", pathNot: TEST },
      to: {
        path: "^(core|renderer|e2e|bench|scripts)/",
        pathNot: [CONTRACT, RPC],
      },
    },
    {
      name: "renderer-imports",
      comment: "The picture knows the contract and the client half of rpc.",
      severity: "error",
      from: { path: "^renderer/" },
      to: {
        path: "^(core|electron|e2e|bench|scripts)/",
        pathNot: [CONTRACT, "^core/rpc/(client|wire)[.]ts$"],
      },
    },
    {
      name: "renderer-features-apart",
      comment: "A screen never imports another feature's screen.",
      severity: "error",
      from: { path: "^renderer/features/([^/]+)/" },
      to: { path: "^renderer/features/", pathNot: "^renderer/features/$1/" },
    },
    {
      name: "renderer-ui-knows-no-feature",
      comment: "Building blocks know no feature.",
      severity: "error",
      from: { path: "^renderer/ui/" },
      to: { path: "^renderer/features/" },
    },
    {
      name: "hyper-packages-below",
      comment:
        "Hypercore and its kin stay in storage, network, spaces, testing.",
      severity: "error",
      from: {
        path: "^(core|electron|renderer)/",
        pathNot: ["^core/(storage|network|spaces|testing|types)/"],
      },
      to: {
        path: "(^|node_modules/)(hypercore[^/]*|corestore|hyperswarm|hyperdht|@hyperswarm/[^/]+)(/|$)",
      },
    },
    {
      name: "electron-package-in-shell",
      comment: "Only electron/ may import electron.",
      severity: "error",
      from: { pathNot: "^electron/" },
      to: { path: "(^|node_modules/)electron(/|$)" },
    },
    {
      name: "react-in-renderer",
      comment: "Only the picture draws.",
      severity: "error",
      from: { path: "^(core|electron)/" },
      to: { path: "(^|node_modules/)(react|react-dom|react-aria[^/]*)(/|$)" },
    },
    {
      name: "sqlite-in-storage",
      comment: "SQL lives behind core/storage/database.ts.",
      severity: "error",
      from: { pathNot: "^core/storage/" },
      to: { path: "(^|node_modules/)libsql(/|$)" },
    },
    {
      name: "no-node-in-pure-layers",
      comment: "The contract, the wire and the picture run without Node.",
      severity: "error",
      from: { path: "^(core/contract|core/rpc|renderer)/", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "shipped-code-needs-dependencies",
      comment:
        "What the core and the shell import at run time is a dependency, not a devDependency.",
      severity: "error",
      from: {
        path: "^(core|electron)/",
        pathNot: [TEST, "^core/testing/"],
      },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
        pathNot: "(^|node_modules/)electron(/|$)",
      },
    },
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "all-found",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    moduleSystems: ["es6", "cjs"],
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|release|node_modules/[.]cache)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [
        ".ts",
        ".tsx",
        ".mts",
        ".js",
        ".mjs",
        ".cjs",
        ".d.ts",
        ".json",
      ],
    },
  },
};
