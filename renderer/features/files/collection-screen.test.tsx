// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { nextTransferId, spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { CollectionScreen } from "./collection-screen.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

const mine = spaceId("Garden papers");

async function emptyOne(isRead: boolean, folderMissing: boolean) {
  const world = fullWorld();
  const shell = fakeShell(
    worldStore({
      ...world,
      collections: world.collections.map((row) => ({
        ...row,
        ...(row.collection === mine
          ? { files: 0, bytes: 0, folderMissing }
          : {}),
      })),
      transfers: isRead
        ? [
            {
              transfer: nextTransferId(),
              direction: "sharing",
              reason: "asked",
              title: "Garden papers",
              collection: mine,
              files: { done: 12, total: 340 },
              bytes: { done: 1, total: 2 },
              speed: 0,
              secondsLeft: null,
              from: [],
              state: { stage: "running" },
            },
          ]
        : [],
    }),
  );
  drawn = await draw(shell, <CollectionScreen collection={mine} folder="" />);
  return drawn.page.textContent;
}

test("while its folder is read, a collection says how far that is", async () => {
  const text = await emptyOne(true, false);
  expect(text).toContain("Reading your folder · 12 of 340 files");
  expect(text).toContain("Reading the folder…");
  expect(text).not.toContain("No files yet.");
});

test("a missing folder is told, and nobody is asked to put files into it", async () => {
  const text = await emptyOne(false, true);
  expect(text).toContain("The folder is not there.");
  expect(text).not.toContain("Put files in the folder");
});

test("an empty folder says how files come into it", async () => {
  expect(await emptyOne(false, false)).toContain("Put files in the folder");
});

test("what is not in this folder can be looked for in the whole collection", async () => {
  drawn = await draw(
    fakeShell(worldStore(fullWorld())),
    <CollectionScreen collection={mine} folder="Letters" />,
  );
  await drawn.write('input[placeholder^="Find"]', "no such name");
  expect(drawn.page.textContent).toContain(
    "No file in this folder is called that.",
  );
  await drawn.press("button", "Find in the whole collection");
  expect(drawn.page.textContent).toContain("No file is called that.");
});
