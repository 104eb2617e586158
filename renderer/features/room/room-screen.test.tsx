// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { RoomScreen } from "./room-screen.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function screen() {
  const store = worldStore(fullWorld());
  drawn = await draw(fakeShell(store), <RoomScreen />);
  return { store, drawn };
}

test("the largest file comes first, and what is chosen is freed and can be had back", async () => {
  const { store, drawn: it } = await screen();
  const before = store.get().freeable.length;
  expect(it.find(".freeable")?.textContent).toContain("2.6 GB");
  await it.press(".freeable input");
  await it.press("button", "Free up 2.6 GB");
  expect(store.get().freeable).toHaveLength(before - 1);
  expect(document.body.textContent).toContain("2.6 GB freed, 1 file");
  await it.press(".notice button", "Undo");
  expect(store.get().freeable).toHaveLength(before);
});

test("what is kept stays, is told, and goes when insisted upon", async () => {
  const { store, drawn: it } = await screen();
  const before = store.get().freeable.length;
  await it.press(".freeable:nth-child(3) input");
  await it.press("button", "Free up 640 MB");
  expect(document.body.textContent).toContain("One file stays");
  expect(document.body.textContent).toContain("Always kept here.");
  await it.press("button", "Free up anyway");
  expect(store.get().freeable).toHaveLength(before - 1);
});

test("earlier versions say what they take, go at once, and can be had back", async () => {
  const { store, drawn: it } = await screen();
  expect(it.find(".versions-row")?.textContent).toContain("318 MB");
  await it.press(".versions-row button");
  expect(it.find(".versions-row")).toBeNull();
  expect(document.body.textContent).toContain(
    "318 MB freed, 14 earlier versions",
  );
  await it.press(".toast button", "Undo");
  expect(store.get().room.versions.versions).toBe(14);
});
