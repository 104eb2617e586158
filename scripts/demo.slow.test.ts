import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";

const demo = fileURLToPath(new URL("./demo.mjs", import.meta.url));

test("two people meet, their pages answer, and nothing of them stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  const child = spawn(process.execPath, [demo, "--browser"], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += part.toString();
  });
  await vi.waitFor(
    () => {
      expect(said).toContain("Ctrl+C");
    },
    { timeout: 100_000, interval: 100 },
  );
  const addresses = said.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
  expect(addresses).toHaveLength(2);
  for (const address of addresses)
    expect((await fetch(address)).status).toBe(200);
  expect(readdirSync(folder)).not.toEqual([]);

  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
}, 120_000);
