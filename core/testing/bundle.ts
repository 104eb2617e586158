import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { WORKER_FOLDERS } from "#core/base/worker-start.ts";

/** A program made from our source for plain Node, and what takes it away again. */
export interface Bundle {
  readonly path: string;
  remove(): Promise<void>;
}

/** Bundles a file of this folder, and every thread beside it. It lies inside node_modules, so that packages are found from there. */
export async function bundleForNode(name: string): Promise<Bundle> {
  const here = fileURLToPath(new URL(name, import.meta.url));
  const modules = fileURLToPath(
    new URL("../../node_modules/", import.meta.url),
  );
  const folder = await mkdtemp(join(modules, ".bundle-"));
  const path = join(folder, "main.js");
  const workers = Object.entries(WORKER_FOLDERS).map(([worker, of]) => ({
    in: fileURLToPath(new URL(`../${of}/${worker}.ts`, import.meta.url)),
    out: worker,
  }));
  await build({
    entryPoints: [{ in: here, out: "main" }, ...workers],
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
