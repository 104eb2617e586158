import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator } from "@playwright/test";
import { accessibilityProblems } from "../harness/axe.ts";
import { expect, test } from "../harness/fixtures.ts";
import { tabTo } from "../harness/tab-to.ts";
import type { App } from "../pages/app.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const LONG_MS = 60_000;

/** The screen of keepers, by way of the settings. */
async function seeKeepers({ page, go }: App): Promise<Locator> {
  await go("Settings");
  await page.getByRole("button", { name: "See keepers" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Keepers" }),
  ).toBeVisible();
  return page.getByRole("main");
}

test("what a person posts and shares is kept sealed on a computer that stays on, and a friend gets it while they are off", async ({
  startApp,
  makeFolder,
  keep,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ben.close();
  const keeper = await keep("Office keeper");

  const { page } = ana;
  await seeKeepers(ana);
  await expect(page.getByText("Nobody keeps for you yet.")).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Add keeper" }).click();
  await page
    .getByRole("textbox", { name: "Invite of a keeper" })
    .fill(keeper.link);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(ana.linkPage()).toContainText("This is a keeper");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(ana.linkPage()).toContainText("are contacts now");

  const folder = makeFolder("songs");
  writeFileSync(join(folder, "one.txt"), "la");
  writeFileSync(join(folder, "two.txt"), "la la");
  await ana.shareFolder(folder);
  await ana.post("Kept while I am away");
  const title = basename(folder);
  const screen = await seeKeepers(ana);
  const row = screen
    .getByRole("list", { name: "They keep for you" })
    .getByRole("listitem");
  await expect(row).toContainText("Office keeper");
  await expect(row).toContainText("Holds copies it cannot read");
  await row
    .getByRole("button", { name: "What it may keep: Office keeper" })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(title).click();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(row).toContainText("Your posts and 1 collection");
  await expect(row).toContainText(
    "Keeps 100 % of your posts and all 2 files, checked",
    { timeout: LONG_MS },
  );
  expect(await accessibilityProblems(page)).toEqual([]);
  await ana.go("People");
  await expect(page.getByText("keeps copies for you.")).toBeVisible();
  await ana.close();

  await ben.start();
  await ben.seesPost("Kept while I am away");
  await ben.openCollection(title, 2);
  const into = makeFolder("fetched");
  await ben.downloadAll(into);
  await ben.waitForDownload(title);
});

test("contacts hold room for each other: both see it, what is in it, and when it ends", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const theirs = await seeKeepers(ben);
  await theirs.getByRole("button", { name: "Keep for them" }).click();
  await expect(theirs).toContainText("of 20 GB for Ana");

  const mine = await seeKeepers(ana);
  await expect(mine).toContainText("Ben holds 20 GB for you");
  await mine.getByRole("button", { name: "Let Ben keep" }).click();
  await expect(mine).toContainText("Holds copies, and may read them");
  await expect(mine).toContainText(/Keeps 100 % of your posts/, {
    timeout: LONG_MS,
  });

  await theirs.getByRole("button", { name: "Stop keeping for Ana" }).click();
  const dialog = ben.page.getByRole("dialog", {
    name: "Stop keeping for Ana?",
  });
  await expect(dialog).toContainText("are freed on this computer");
  expect(await accessibilityProblems(ben.page)).toEqual([]);
  await dialog.getByRole("button", { name: "Stop and free" }).click();
  await expect(theirs).not.toContainText("of 20 GB for Ana");
  await expect(mine).toContainText("Ben holds no room for you any more");
});

test("a person without a mouse finds the keepers, and chooses what one keeps", async ({
  startApp,
  keep,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  const keeper = await keep("Attic");
  const { page } = ana;
  await tabTo(page, "Settings");
  await page.keyboard.press("Enter");
  await tabTo(page, "See keepers", 80);
  await page.keyboard.press("Enter");
  await tabTo(page, "Add keeper");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("textbox", { name: "Invite of a keeper" }),
  ).toBeFocused();
  await page.keyboard.insertText(keeper.link);
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is a keeper")).toBeVisible();
  await tabTo(page, "Connect");
  await page.keyboard.press("Enter");
  await expect(page.getByText("are contacts now")).toBeVisible();
  await tabTo(page, "Settings");
  await page.keyboard.press("Enter");
  await tabTo(page, "See keepers", 80);
  await page.keyboard.press("Enter");
  await tabTo(page, "What it may keep: Attic");
  await page.keyboard.press("Enter");
  const posts = page.getByRole("switch", { name: "My posts" });
  await expect(posts).toBeChecked();
  await tabTo(page, "My posts");
  await page.keyboard.press("Space");
  await expect(posts).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Nothing chosen yet")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "What it may keep: Attic" }),
  ).toBeFocused();
});
