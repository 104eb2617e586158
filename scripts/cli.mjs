// `npm run cli -- COMMAND …`: the command line, built when that is needed. What
// the building says goes to stderr, so that the answer can be piped on.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT, prepare } from "./prepare.mjs";

try {
  await prepare();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
const program = join(ROOT, "dist/core/cli.js");
const command = spawn(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
command.once("exit", (code) => process.exit(code ?? 1));
