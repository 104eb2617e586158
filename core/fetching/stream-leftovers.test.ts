import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { trimLeftovers } from "./stream-leftovers.ts";

test("of what was looked at, the oldest pieces go when they take too much", async () => {
  const folder = await mkdtemp(join(tmpdir(), "commonplace-leftovers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [place, name] of ["old", "middle", "new"].entries()) {
    await writeFile(join(folder, `${name}.1.part`), Buffer.alloc(64 * 1024, 1));
    await writeFile(join(folder, `${name}.1.list`), "list");
    await utimes(join(folder, `${name}.1.part`), 1_000, 1_000 + place);
  }
  await trimLeftovers(folder, 150 * 1024);
  expect((await readdir(folder)).sort()).toEqual([
    "middle.1.list",
    "middle.1.part",
    "new.1.list",
    "new.1.part",
  ]);
  await trimLeftovers(join(folder, "missing"));
});
