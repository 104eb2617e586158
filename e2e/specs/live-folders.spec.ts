import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { fingerprints } from "../harness/test-files.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const LONG = { timeout: 60_000 };

test("FI9: a file saved into a shared folder shows up at the other person by itself, and a new name of it too", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Minutes");
  mkdirSync(folder);
  writeFileSync(join(folder, "January.txt"), "January");
  const into = makeFolder("downloads");
  await ana.shareFolder(folder);
  await ben.openCollection("Minutes", 1);
  await ben.downloadAll(into);
  await ben.waitForDownload("Minutes");
  await ben.hideTransfers();

  writeFileSync(join(folder, "February.txt"), "February");
  await expect(ana.page.getByText("1 change in a moment")).toBeVisible(LONG);
  await expect(ben.page.getByText("February.txt")).toBeVisible(LONG);
  await expect(ana.page.getByText("Up to date · Watching")).toBeVisible(LONG);

  renameSync(join(folder, "January.txt"), join(folder, "First.txt"));
  await expect(ben.page.getByText("First.txt")).toBeVisible(LONG);
  await expect(ben.page.getByText("January.txt")).toBeHidden(LONG);
  await expect
    .poll(() => Object.keys(fingerprints(join(into, "Minutes"))), LONG)
    .toEqual(["First.txt"]);
});

test("a folder that is taken away deletes nothing for others, and is found again", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const drive = makeFolder("drive");
  const folder = join(drive, "Orchard");
  mkdirSync(folder);
  for (const name of ["a.txt", "b.txt"])
    writeFileSync(join(folder, name), name);
  await ana.shareFolder(folder);
  await ben.openCollection("Orchard", 2);

  const elsewhere = join(makeFolder("other-drive"), "Orchard");
  renameSync(folder, elsewhere);
  await expect(
    ana.page.getByText(
      "The folder is not there. Nothing was deleted for others.",
    ),
  ).toBeVisible(LONG);
  await expect(ben.page.getByText("a.txt")).toBeVisible();

  renameSync(elsewhere, folder);
  await expect(ana.page.getByText("Up to date · Watching")).toBeVisible(LONG);
  writeFileSync(join(folder, "c.txt"), "c");
  await expect(ben.page.getByText("c.txt")).toBeVisible(LONG);
});
