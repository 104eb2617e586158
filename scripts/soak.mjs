// `npm run soak`: the tests with a short pinned run, run long. Needs `npm test` to have
// been run once. Every random run prints its seed.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @type {readonly (readonly [file: string, long: Readonly<Record<string, string>>])[]} */
const RUNS = [
  ["core/crash.test.ts", { CRASH_CYCLES: "1000" }],
  [
    "core/core.sim.test.ts",
    { SIM_SEED: String(randomInt(2 ** 31)), SIM_ACTIONS: "5000" },
  ],
  ["core/process/contract-fuzz", { FUZZ_RUNS: "2000" }],
  ["core/transfer-crash.test.ts", { TRANSFER_KILLS: "200" }],
  ["core/naming/naming", { NAMING_NAMES: "1000000" }],
  ["core/files/place", { PLACE_RACES: "1000" }],
  ["core/sleep.slow.test.ts", { SLEEPS: "50" }],
];

let failed = 0;
for (const [file, long] of RUNS) {
  console.log(`\n== ${file} ${JSON.stringify(long)}`);
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      file,
      "--testTimeout=3600000",
      "--hookTimeout=600000",
    ],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...long } },
  );
  if (status !== 0) failed++;
}
console.log(`\n${RUNS.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
