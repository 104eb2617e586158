// `npm run bench`: bundles what is in bench/ and runs it. Never part of the tests.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { WORKERS } from "./workers.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await build({
  absWorkingDir: ROOT,
  entryPoints: [
    { in: "bench/run.ts", out: "run" },
    { in: "bench/person-process.ts", out: "person-process" },
    { in: "core/testing/lab-child.ts", out: "lab-child" },
    { in: "core/testing/lab-dht.ts", out: "lab-dht" },
    { in: "bench/raw-noise.ts", out: "raw-noise" },
    { in: "bench/raw-udx.ts", out: "raw-udx" },
    { in: "bench/rivals/hyperdrive-side.ts", out: "hyperdrive-side" },
    ...WORKERS.map(({ name, path }) => ({ in: path, out: name })),
  ],
  outdir: "dist/bench",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.18",
  packages: "external",
  logLevel: "warning",
});
const bench = spawn(
  process.execPath,
  ["dist/bench/run.js", ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);
bench.once("exit", (code) => process.exit(code ?? 1));
