// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { firstDay, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { LockSettings } from "./lock-settings.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function lockedWith(lock: "keyring" | "password" | "unlocked") {
  const shell = fakeShell(
    worldStore({ ...firstDay(), app: { stage: "ready", lock } }),
  );
  const page = await draw(shell, <LockSettings />);
  drawn = page;
  return { shell, page };
}

test("data without a lock says so, and takes a password", async () => {
  const { shell, page } = await lockedWith("unlocked");
  expect(page.page.textContent).toContain("Not locked");
  expect(page.find("button", "Remove the lock")).toBeNull();
  await page.press("button", "Set a password");
  await page.write("input", "short");
  await page.press("button", "Save password");
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain("Use at least 8 characters."),
  );
  await page.write("input", "long enough");
  await page.press("button", "Save password");
  await vi.waitFor(() =>
    expect(shell.store.get().app).toEqual({ stage: "ready", lock: "password" }),
  );
  await vi.waitFor(() =>
    expect(page.find("button", "Change password")).not.toBeNull(),
  );
});

test("removing a password asks for it, and a wrong one changes nothing", async () => {
  const { shell, page } = await lockedWith("password");
  await page.press("button", "Remove the lock");
  expect(page.page.textContent).toContain("Without a lock");
  await page.write("input", "a guess");
  await page.press("button", "Remove the lock");
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain("This is not the password."),
  );
  await page.write("input", "correct horse");
  await page.press("button", "Remove the lock");
  await vi.waitFor(() =>
    expect(shell.store.get().app).toEqual({ stage: "ready", lock: "unlocked" }),
  );
});

test("the password store of the computer is named where it is the lock", async () => {
  const { page } = await lockedWith("keyring");
  expect(page.page.textContent).toContain(
    "Locked with the password store of this computer",
  );
});
