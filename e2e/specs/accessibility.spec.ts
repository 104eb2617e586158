import { join } from "node:path";
import { accessibilityProblems } from "../harness/axe.ts";
import { expect, test } from "../harness/fixtures.ts";
import { writeBigFile } from "../harness/test-files.ts";
import type { App } from "../pages/app.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const POST = "Something to look at";
const THEMES = ["Light", "Dark"] as const;

/** Every screen there is, and how to get there from any other. */
function screensOf(
  app: App,
  link: string,
): readonly (readonly [string, () => Promise<void>])[] {
  const { page } = app;
  async function openDialog(keys: string): Promise<void> {
    await app.go("Home");
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog")).toBeVisible();
  }
  return [
    ["Home", () => app.go("Home")],
    [
      "a post and its replies",
      async () => {
        await app.go("Home");
        await app.openThread(POST);
      },
    ],
    ["People", () => app.go("People")],
    [
      "a person",
      async () => {
        await app.go("People");
        await app.contact("Ben").getByRole("link").first().click();
      },
    ],
    ["a link", () => app.readLink(link)],
    ["a link that is none", () => app.readLink("something else")],
    ["Files", () => app.go("Files")],
    [
      "a collection",
      async () => {
        await app.go("Files");
        await page.getByRole("link", { name: "Garden" }).click();
      },
    ],
    [
      "pictures of a collection",
      async () => {
        await page.getByRole("button", { name: "Show as pictures" }).click();
        await expect(page.getByRole("gridcell").first()).toBeVisible();
      },
    ],
    [
      "versions of a file",
      async () => {
        await page.getByRole("button", { name: "Show as a list" }).click();
        await app.row("plan.bin").focus();
        await page.keyboard.press("v");
        await expect(page.getByRole("dialog")).toContainText("All versions");
      },
    ],
    [
      "free up space",
      async () => {
        await app.go("Files");
        await page.getByRole("link", { name: /^Using/ }).click();
        await expect(
          page.getByRole("heading", { level: 1, name: "Free up space" }),
        ).toBeVisible();
      },
    ],
    ["Settings", () => app.go("Settings")],
    ["Connection", () => app.lookCloser()],
    ["Transfers", () => app.showTransfers()],
    ["inviting", () => openDialog("Control+Shift+n")],
    ["sharing", () => openDialog("Control+o")],
    ["list of keys", () => openDialog("Control+/")],
  ];
}

test("axe finds nothing on any screen in any theme", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Garden");
  writeBigFile(folder, "plan.bin", 1000);
  await ana.shareFolder(folder);
  await ben.post(`${POST}, **with** [a link](https://example.com)`);
  await ana.go("Home");
  await ana.seesPost(POST);
  const link = await ben.invite();

  const found: Record<string, readonly string[]> = {};
  for (const theme of THEMES) {
    await ana.chooseTheme(theme);
    for (const [screen, open] of screensOf(ana, link)) {
      await open();
      const problems = await accessibilityProblems(ana.page);
      if (problems.length > 0) found[`${screen}, ${theme}`] = problems;
      if (screen === "Transfers") await ana.hideTransfers();
      const dialog = ana.page.getByRole("dialog");
      if (await dialog.isVisible()) {
        await ana.page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
      }
    }
  }
  expect(found).toEqual({});
});

test("axe finds nothing on the first screen", async ({ startApp }) => {
  const ana = await startApp("Ana");
  await expect(ana.page.getByRole("textbox", { name: "Name" })).toBeVisible();
  expect(await accessibilityProblems(ana.page)).toEqual([]);
});
