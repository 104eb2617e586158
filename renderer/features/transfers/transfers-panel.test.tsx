// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import {
  fullWorld,
  worldStore,
  type World,
} from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { TransfersPanel } from "./transfers-panel.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function panel(change: Partial<World> = {}) {
  const store = worldStore({ ...fullWorld(), ...change });
  drawn = await draw(
    fakeShell(store),
    <TransfersPanel onClose={() => undefined} />,
  );
  return { store, drawn };
}

test("what runs, what waits and why, and what is done stand apart", async () => {
  const { drawn: it } = await panel();
  const groupOf = (name: string) =>
    it.find(`section[aria-label="${name}"]`)?.textContent ?? "";
  expect(groupOf("Now")).toContain("Summer concert 2026");
  expect(groupOf("Waiting")).toContain("Waiting for room");
  expect(groupOf("Waiting")).toContain("Waiting its turn");
  expect(groupOf("Done in the last 7 days")).toContain("Programme.pdf");
});

test("the head tells speeds and the limit, and pauses all", async () => {
  const world = fullWorld();
  const { store, drawn: it } = await panel({
    settings: {
      ...world.settings,
      limits: { down: 2_000_000, up: null, schedule: null },
    },
  });
  expect(it.page.textContent).toContain("3.1 MB/s");
  expect(it.page.textContent).toContain("Limited to ↓ 2 MB/s");
  await it.press("button[aria-label^='Pause all']");
  expect(store.get().settings.pausedAll).toBe(true);
  expect(it.page.textContent).toContain("Paused by you");
});

test("a transfer is moved by its buttons and by Alt and an arrow, not beyond the ends", async () => {
  const { store, drawn: it } = await panel();
  const titles = () => store.get().transfers.map(({ title }) => title);
  const [first, second] = titles();
  expect(it.find(`button[aria-label="Move ${first} up"]`)).toHaveProperty(
    "disabled",
    true,
  );
  await it.press(`button[aria-label="Move ${first} down"]`);
  expect(titles().slice(0, 2)).toEqual([second, first]);
  await it.key("li.transfer:nth-child(2)", { key: "ArrowUp", altKey: true });
  expect(titles().slice(0, 2)).toEqual([first, second]);
});

test("without room the panel says so, and where to make some", async () => {
  const world = fullWorld();
  const { drawn: it } = await panel({
    room: { ...world.room, lack: "limit" },
  });
  expect(it.page.textContent).toContain(
    "Commonplace has used its 20 GB. New downloads wait; your own posts still work.",
  );
  expect(it.find("button", "Free up")).not.toBeNull();
});
