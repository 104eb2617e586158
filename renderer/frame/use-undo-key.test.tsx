// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { useUndoKey } from "./use-undo-key.ts";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

function Removing(props: { readonly undone: string[] }) {
  const toast = useToast();
  useUndoKey();
  const remove = (name: string) =>
    toast({
      words: `${name} is removed`,
      action: { words: "Undo", run: () => props.undone.push(name) },
    });
  return (
    <>
      {["one", "two"].map((name) => (
        <button type="button" key={name} onClick={() => remove(name)}>
          {name}
        </button>
      ))}
      <button
        type="button"
        onClick={() =>
          toast({
            words: "Started",
            action: { words: "Show", run: () => props.undone.push("show") },
          })
        }
      >
        show
      </button>
      <input aria-label="Text" />
    </>
  );
}

test("the key for Undo takes back the newest that can be, one after the other", async () => {
  const undone: string[] = [];
  const it = await draw(
    fakeShell(worldStore(fullWorld())),
    <Removing undone={undone} />,
  );
  drawn = it;
  const undo = () => it.key("button", { key: "z", ctrlKey: true });
  await undo();
  for (const name of ["one", "two", "show"]) await it.press("button", name);
  await it.key("input", { key: "z", ctrlKey: true });
  expect(undone, "in a text, the key is the text's").toEqual([]);
  await undo();
  expect(undone).toEqual(["two"]);
  expect(it.page.textContent).not.toContain("two is removed");
  await undo();
  await undo();
  expect(undone).toEqual(["two", "one"]);
});
