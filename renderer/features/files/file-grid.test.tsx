// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { CollectionScreen } from "./collection-screen.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

test("tiles are selected all together, and what is selected can be downloaded, kept and freed", async () => {
  const world = fullWorld();
  const theirs = world.collections.find(
    (row) => !row.mine && row.joined === null && row.files > 0,
  );
  const it = await draw(
    fakeShell(worldStore(world)),
    <CollectionScreen
      collection={theirs?.collection ?? spaceId("none")}
      folder=""
    />,
  );
  drawn = it;
  await it.press('button[aria-label="Show as pictures"]');
  expect(it.find("[role=grid].tiles")).not.toBeNull();
  await it.press("button", "Select all");
  expect(it.page.textContent).toMatch(/items selected/u);
  for (const words of ["Download selected", "Keep here", "Free up space"])
    expect(it.find("button", words)).not.toBeNull();
  await it.press("button", "Clear");
  expect(it.page.textContent).not.toMatch(/items selected/u);
});
