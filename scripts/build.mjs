// `npm run build`: everything that runs, into dist/. The core and the shell are
// bundled with their own code only; packages stay where npm put them.
import { existsSync } from "node:fs";
import { rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { WORKERS } from "./workers.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @type {import("esbuild").BuildOptions} */
const SHARED = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.18",
  packages: "external",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
};

/** Each entry and where it goes. The preload of a sandboxed page must be one CommonJS file. */
/** @type {readonly import("esbuild").BuildOptions[]} */
const ENTRIES = [
  { entryPoints: ["core/main.ts"], outfile: "dist/core/main.js" },
  // Beside the threads that it starts.
  { entryPoints: ["cli/main.ts"], outfile: "dist/core/cli.js" },
  ...WORKERS.map(({ name, path }) => ({
    entryPoints: [path],
    outfile: `dist/core/${name}.js`,
  })),
  { entryPoints: ["electron/main.ts"], outfile: "dist/electron/main.js" },
  {
    entryPoints: ["electron/preload.ts"],
    outfile: "dist/electron/preload.cjs",
    format: "cjs",
    packages: "bundle",
    external: ["electron"],
    sourcemap: false,
  },
];

async function buildCode() {
  await Promise.all(
    ["core", "electron"].map((part) =>
      rm(join(ROOT, "dist", part), { recursive: true, force: true }),
    ),
  );
  await Promise.all(ENTRIES.map((entry) => build({ ...SHARED, ...entry })));
}

async function buildPage() {
  const configFile = join(ROOT, "renderer/vite.config.ts");
  if (!existsSync(configFile)) return;
  const vite = await import("vite");
  await vite.build({ configFile, logLevel: "error" });
}

const begun = new Date();
const start = performance.now();
await Promise.all([buildCode(), buildPage()]);
// What `npm start` compares the sources with; as old as what was read.
const stamp = join(ROOT, "dist", "built");
await writeFile(stamp, "");
await utimes(stamp, begun, begun);
const seconds = (performance.now() - start) / 1000;
console.log(`built in ${seconds.toFixed(1)} s`);
