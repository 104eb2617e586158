// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { FolderChooser } from "./folder-chooser.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

test("a folder that is not there yet is made, and stands open to be used", async () => {
  drawn = await draw(
    fakeShell(worldStore(fullWorld())),
    <FolderChooser onChosen={() => {}} onClose={() => {}} />,
  );
  await drawn.press("button", "New folder");
  const fields = document.querySelectorAll("form input");
  expect(fields).toHaveLength(2);
  await drawn.write("form:last-of-type input", "Trip");
  await drawn.press("button", "Make folder");
  expect(document.body.textContent).toContain("Use “Trip”");
  expect(document.body.textContent).toContain("No folders in here.");
});
