// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { RemovedDialog } from "./removed-dialog.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function buttonsFor(files: number): Promise<readonly string[]> {
  const world = fullWorld();
  drawn = await draw(
    fakeShell(
      worldStore({
        ...world,
        removedFiles: world.removedFiles.slice(0, files),
      }),
    ),
    <RemovedDialog
      collection={spaceId("Summer concert")}
      open
      onClose={() => {}}
    />,
  );
  return [...document.querySelectorAll(".removed button")].map(
    (button) => button.getAttribute("aria-label") ?? button.textContent,
  );
}

test("one removed file has each choice once", async () => {
  expect(await buttonsFor(1)).toEqual([
    "Keep it",
    "Remove it from this computer",
  ]);
  expect(document.querySelector(".removed")?.textContent).toContain(
    "does not list this file any more",
  );
});

test("of several removed files each has its own choices, and all have them together", async () => {
  const buttons = await buttonsFor(2);
  expect(buttons).toHaveLength(6);
  expect(buttons.slice(4)).toEqual([
    "Keep all",
    "Remove all from this computer",
  ]);
});
