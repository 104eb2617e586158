// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, heardIn, type Drawn } from "#renderer/testing/render.tsx";
import { FileTitle } from "./file-title.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

test.each(["a.json", "Readme.md", "LICENSE", ".hidden", "two.tar.gz"])(
  "%s is heard as one piece of text, and seen in pieces that add up to it",
  async (name) => {
    drawn = await draw(
      fakeShell(worldStore(fullWorld())),
      <FileTitle name={name} />,
    );
    const title = drawn.find(".file-title");
    if (title === null) throw new Error("no title");
    expect(heardIn(title)).toBe(name);
    const heard = [...title.children].filter(
      (piece) => piece.getAttribute("aria-hidden") !== "true",
    );
    expect(heard).toHaveLength(1);
    const seen = [
      ...title.querySelectorAll(".file-title__stem, .file-title__ending"),
    ];
    expect(seen.map((piece) => piece.textContent).join("")).toBe(name);
  },
);
