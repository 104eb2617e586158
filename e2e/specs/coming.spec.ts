import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { fingerprints, writeBigFile } from "../harness/test-files.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const MIB = 1024 * 1024;

test("the row of a file that comes tells how far, how fast, from whom and how long still; it is paused, resumed and cancelled there", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Film");
  writeBigFile(folder, "film.bin", 64 * MIB);
  await ana.shareFolder(folder);
  await ben.limitComing("1 MB/s");
  await ben.openCollection("Film", 1);
  await ben.downloadAll(makeFolder("downloads"));

  const row = ben.row("film.bin");
  await expect(row).toContainText(
    /\d+\s%\s· [\d.,]+\s[KM]B\/s\sfrom\s\S*Ana\S*\s· about (\d+ s|1 min)/,
  );
  await row.getByRole("button", { name: "Pause film.bin" }).click();
  await expect(row).toContainText(/Paused at \d+ %/);
  await row.getByRole("button", { name: "Resume film.bin" }).click();
  await expect(row).toContainText(/\d+\s%\s· [\d.,]+\s[KM]B\/s/);
  await row.getByRole("button", { name: "Cancel film.bin" }).click();
  await expect(row).toContainText(/Not downloaded/);
  await ben.page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText(/\d+\s%\s· [\d.,]+\s[KM]B\/s/);
});

test("files are chosen by keyboard and added to a collection of mine", async ({
  startApp,
  makeFolder,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  const folder = join(makeFolder("shared"), "Garden");
  writeBigFile(folder, "plan.bin", 1000);
  const more = join(makeFolder("more"), "Seeds");
  writeBigFile(more, "beans.bin", 2000);
  writeBigFile(more, ".notes.bin", 3000);
  await ana.shareFolder(folder);
  await ana.go("Home");

  const { page } = ana;
  await page.keyboard.press("Control+o");
  const sheet = page.getByRole("dialog");
  await expect(
    sheet.getByRole("button", { name: /^Choose files/ }),
  ).toBeFocused();
  await ana.pickFolder(more, async () => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  });
  await expect(sheet.getByRole("list", { name: "Files" })).toContainText(
    "2 files, 5 KB, 1 of them hidden",
  );
  // A folder cannot be posted, so the keys are at sharing.
  await expect(
    sheet.getByRole("button", { name: /^Share with/ }),
  ).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("button", { name: /^Garden/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("1 file, 2 KB, without 1 hidden");
  await sheet
    .getByRole("button", { name: "Copy into the folder" })
    .press("Enter");
  await expect(
    page.getByRole("heading", { level: 1, name: "Garden" }),
  ).toBeVisible();
  await expect(ana.row("Seeds")).toContainText("1 file");

  // What can be done with it is a key away, and the keys come back.
  await ana.row("Seeds").focus();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(ana.row("Seeds")).toBeFocused();
  await page.keyboard.press("End");
  await expect(ana.row("Seeds")).not.toBeFocused();
  await page.keyboard.press("Home");
  await expect(ana.row("Seeds")).toBeFocused();

  // A copy of it goes anywhere else, the same keys away.
  const place = makeFolder("place");
  await page.keyboard.press("Shift+F10");
  const save = page.getByRole("menuitem", { name: "Save copy…" });
  await ana.pickFolder(place, () => save.press("Enter"));
  await expect(page.getByText(/1 file saved in/).first()).toBeVisible();
  expect(Object.keys(fingerprints(place))).toEqual(["Seeds/beans.bin"]);
});
