import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own for the test that asks; gone after it. */
export async function tempFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "commonplace-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
