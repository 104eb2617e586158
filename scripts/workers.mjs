// The threads of the core: each file `core/<folder>/<name>-worker.ts` begins one,
// and lies beside the program that starts it, in the build as in the bench.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @type {readonly { readonly name: string, readonly path: string }[]} */
export const WORKERS = readdirSync(join(ROOT, "core"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(ROOT, "core", name))
      .filter((file) => file.endsWith("-worker.ts"))
      .map((file) => ({
        name: basename(file, ".ts"),
        path: `core/${name}/${file}`,
      })),
  );
