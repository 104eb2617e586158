// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { label } from "#renderer/testing/fake-people.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { PeopleStrip } from "./people-strip.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

test("a machine that only keeps is not offered as somebody who could add and change things", async () => {
  const world = fullWorld();
  const row = world.collections.find(
    ({ collection }) => collection === spaceId("Garden papers"),
  );
  const [contact] = world.contacts;
  if (row === undefined || contact === undefined) throw new Error("no world");
  // Lotte keeps as well, but is a person.
  const contacts = ["Office keeper", "Lotte"].map((name) => ({
    ...contact,
    ...label(name),
  }));
  drawn = await draw(
    fakeShell(worldStore({ ...world, contacts })),
    <PeopleStrip row={row} />,
  );
  await drawn.press("button", "Change who may");
  const list = drawn.page.querySelector(".people-strip__people")?.textContent;
  expect(list).toContain("Lotte");
  expect(list).not.toContain("Office keeper");
});
