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

test("a name that is too long is told at the field, and the core is not asked", async () => {
  const shell = fakeShell(worldStore(newWorld(["keyring"])));
  const call = vi.spyOn(shell.client, "call");
  drawn = await drawApp(shell);
  await drawn.write("input", "a".repeat(300));
  await drawn.press("button", "Start");
  expect(drawn.page.textContent).toContain(
    "Name is too long. Use at most 60 letters.",
  );
  expect(call.mock.calls.map(([method]) => method)).not.toContain("start");
});

test("the words of another person say so, and the trouble with the password is gone", async () => {
  const shell = fakeShell(
    worldStore({
      ...newWorld([]),
      app: { stage: "locked", lock: "password" },
    }),
  );
  drawn = await drawApp(shell);
  await drawn.write("input", "nope");
  await drawn.press("button", "Unlock");
  await vi.waitFor(() =>
    expect(drawn?.page.textContent).toContain("This is not the password."),
  );
  await drawn.press("button", "Use recovery words");
  await drawn.write("textarea", "other ".repeat(24));
  await drawn.press("button", "Unlock with these words");
  await vi.waitFor(() =>
    expect(drawn?.page.textContent).toContain(
      "These words belong to somebody else.",
    ),
  );
  expect(drawn.page.textContent).not.toContain("This is not the password.");
});
