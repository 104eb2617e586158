// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { nextGrantId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { firstDay, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { AttachedFiles } from "./attached-files.tsx";
import { useChips } from "./use-chips.ts";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

const names = ["slow.txt", "middle.txt", "quick.txt"];

function Attaching() {
  const chips = useChips();
  return (
    <>
      <button
        type="button"
        onClick={() => chips.add(names.map((name) => new File(["text"], name)))}
      >
        Add
      </button>
      <AttachedFiles chips={chips} />
    </>
  );
}

test("attached files keep the order in which they were chosen, whichever is ready first", async () => {
  const ready = new Map<string, () => void>();
  const shell = fakeShell(worldStore(firstDay()));
  vi.spyOn(shell, "grant").mockImplementation(
    ({ name, size }) =>
      new Promise((resolve) => {
        ready.set(name, () => resolve({ grant: nextGrantId(), name, size }));
      }),
  );
  const page = await draw(shell, <Attaching />);
  drawn = page;
  await page.press("button", "Add");
  const shown = () =>
    [...page.page.querySelectorAll("li bdi, li .foreign")].map(
      (one) => one.textContent,
    );
  for (const [place, name] of [...names].reverse().entries()) {
    ready.get(name)?.();
    await vi.waitFor(() => expect(shown()).toHaveLength(place + 1));
  }
  expect(shown()).toEqual(names);
});
