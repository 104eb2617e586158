// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { FilesScreen } from "./files-screen.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function files(count: number): Promise<Drawn> {
  const world = fullWorld();
  const [first] = world.collections;
  if (first === undefined) throw new Error("the world has no collection");
  const collections = Array.from({ length: count }, (_, place) => ({
    ...first,
    collection: spaceId(`Collection ${String(place)}`),
    title: `Year ${String(2001 + place)}`,
  }));
  drawn = await draw(
    fakeShell(worldStore({ ...world, collections })),
    <FilesScreen />,
  );
  return drawn;
}

const titles = (it: Drawn) =>
  [...it.page.querySelectorAll("ul[aria-label='Collections'] > li")].length;

test("one of many collections is found by its title, and all come back", async () => {
  const it = await files(30);
  expect(titles(it)).toBe(30);
  await it.write(".files__bar input.field__input", "2007");
  expect(titles(it)).toBe(1);
  await it.write(".files__bar input.field__input", "nothing like it");
  expect(it.page.textContent).toContain("No collection is called that.");
  await it.press("button", "Show all");
  expect(titles(it)).toBe(30);
});

test("a few collections are found with the eye", async () => {
  const it = await files(3);
  expect(it.page.querySelector(".files__bar input.field__input")).toBeNull();
});
