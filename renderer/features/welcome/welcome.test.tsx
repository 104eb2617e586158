// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { newWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { drawApp, type Drawn } from "#renderer/testing/render.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

test("with a keyring there is one field and one button; Start opens the app", async () => {
  const shell = fakeShell(worldStore(newWorld(["keyring"])));
  drawn = await drawApp(shell);
  const name = drawn.find("input");
  expect(name instanceof HTMLInputElement && name.value).toMatch(/^\w+ \w+$/u);
  expect(drawn.find("[role=radiogroup]")).toBeNull();
  await drawn.write("input", "Mira");
  await drawn.press("button", "Start");
  await vi.waitFor(() => expect(drawn?.find("h1")?.textContent).toBe("Home"));
  expect(shell.store.get().me?.name).toBe("Mira");
});

test("an empty name is the only thing it complains about, and the field keeps the rest", async () => {
  const shell = fakeShell(worldStore(newWorld(["keyring"])));
  drawn = await drawApp(shell);
  await drawn.write("input", "  ");
  await drawn.press("button", "Start");
  await vi.waitFor(() =>
    expect(drawn?.page.textContent).toContain("Name is empty."),
  );
  expect(shell.store.get().app.stage).toBe("setup");
});

test("without a keyring it asks how to lock, and says plainly what no lock means", async () => {
  drawn = await drawApp(
    fakeShell(worldStore(newWorld(["password", "unlocked"]))),
  );
  expect(drawn.find("input[type=password]")).not.toBeNull();
  await drawn.press("input[value=unlocked]");
  expect(drawn.page.textContent).toContain("Anyone who uses this computer");
});
