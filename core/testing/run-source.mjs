// Runs a TypeScript file as a worker thread, for tests and development: Node 20
// cannot on its own. `new Worker(thisFile, { argv: [absolute path], … })`.
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { buildSync } from "esbuild";

const entry = process.argv[2] ?? "";
const { outputFiles } = buildSync({
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: "node",
  format: "cjs",
  packages: "external",
  // What starts threads is bundled into those that write; they start none.
  logOverride: { "empty-import-meta": "silent" },
});
const code = outputFiles.map((file) => file.text).join("\n");
runInThisContext(`(require) => {${code}\n}`, { filename: entry })(
  createRequire(entry),
);
