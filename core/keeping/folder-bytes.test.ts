import { execFileSync } from "node:child_process";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folderBytes } from "./folder-bytes.ts";

test.skipIf(process.platform !== "linux")(
  "room taken in advance and holes in files are not counted as used",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "commonplace-bytes-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "plain"), Buffer.alloc(8192, 1));
    await writeFile(join(folder, "ahead"), Buffer.alloc(4096, 1));
    execFileSync("fallocate", ["-n", "-l", "8M", join(folder, "ahead")]);
    await writeFile(join(folder, "hole"), "");
    await truncate(join(folder, "hole"), 8 * 1024 * 1024);
    expect(await folderBytes(folder, new Set())).toBe(12_288);
    expect(await folderBytes(folder, new Set([join(folder, "plain")]))).toBe(
      4096,
    );
  },
);
