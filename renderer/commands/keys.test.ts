// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { commandList } from "./command-list.ts";
import { isChord, isWriting, keyWords } from "./keys.ts";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

test("a chord needs exactly its keys", () => {
  expect(isChord(press({ key: "n", ctrlKey: true }), "Mod+N")).toBe(true);
  expect(
    isChord(press({ key: "N", ctrlKey: true, shiftKey: true }), "Mod+N"),
  ).toBe(false);
  expect(
    isChord(press({ key: "N", ctrlKey: true, shiftKey: true }), "Mod+Shift+N"),
  ).toBe(true);
  expect(isChord(press({ key: "n" }), "Mod+N")).toBe(false);
});

test("signs are found wherever the layout puts them", () => {
  expect(
    isChord(press({ key: "/", ctrlKey: true, shiftKey: true }), "Mod+/"),
  ).toBe(true);
});

test("what AltGr writes is never a chord", () => {
  const event = press({ key: "e", ctrlKey: true });
  event.getModifierState = (key) => key === "AltGraph";
  expect(isChord(event, "Mod+E")).toBe(false);
});

test("keys are told as they stand on the keyboard", () => {
  expect(keyWords("Mod+Shift+N")).toBe("Ctrl+Shift+N");
  expect(keyWords("Alt+ArrowLeft")).toBe("Alt+←");
});

test("a text box is being written in, a tick box is not", () => {
  const box = document.createElement("textarea");
  const tick = document.createElement("input");
  tick.type = "checkbox";
  expect([isWriting(box), isWriting(tick), isWriting(null)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("no two commands of one group share a key", () => {
  const seen = new Map<string, string>();
  for (const [id, command] of Object.entries(commandList)) {
    for (const keys of command.keys) {
      const place = `${command.group} ${keys}`;
      expect([id, seen.get(place) ?? id]).toEqual([id, id]);
      seen.set(place, id);
    }
  }
});
