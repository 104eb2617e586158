// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { CLASHING } from "#renderer/testing/fake-versions.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { VersionsWindow } from "./versions-window.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function open(path: string): Promise<string> {
  drawn = await draw(
    fakeShell(worldStore(fullWorld())),
    <VersionsWindow
      collection={spaceId("Garden papers")}
      path={path}
      onClose={() => {}}
    />,
  );
  return document.body.textContent;
}

test("two versions are offered to be kept both, or one of them", async () => {
  const words = await open(CLASHING);
  expect(words).toContain("Two versions of Budget 2027.txt");
  const buttons = [...document.querySelectorAll(".clash__choices button")];
  expect(
    buttons.map((it) => it.textContent.replace(/[\u2068\u2069]/g, "")),
  ).toEqual(["Keep both", "Use mine", "Use Ana Torres’s"]);
});

test("every version says who shared it and who has it; one that nobody has cannot be opened", async () => {
  const words = await open("Minutes.txt");
  expect(words).toContain("Versions of Minutes.txt");
  expect(words).toContain("Nobody has it that is known of");
  expect(words).toContain("Removed the file");
  const openers = [...document.querySelectorAll("button")].filter((it) =>
    it.textContent.includes("Open"),
  );
  expect(openers.map((it) => it.disabled)).toEqual([false, false, true, false]);
  const back = [...document.querySelectorAll("button")].filter((it) =>
    it.textContent.includes("Put back"),
  );
  // What stands needs no putting back.
  expect(back).toHaveLength(3);
});
