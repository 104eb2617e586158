import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { writeBigFile } from "../harness/test-files.ts";
import { makeContacts } from "../pages/make-contacts.ts";
import { answerRefusal } from "../pages/room.ts";

const BIG_FILE_BYTES = 64 * 1024 * 1024;

test("FI6: files are kept, freed, had back, and refused where nobody else has them", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Garden");
  mkdirSync(folder);
  for (const name of ["beds.txt", "seeds.txt", "water.txt"])
    writeFileSync(join(folder, name), `${name}\n`.repeat(200));
  const into = makeFolder("downloads");
  await ana.shareFolder(folder);
  await ben.openCollection("Garden", 3);
  await ben.downloadAll(into);
  await ben.waitForDownload("Garden");
  await ben.hideTransfers();
  await expect(ben.row("beds.txt")).toContainText("On this computer");

  // Kept: it says so, and freeing it asks.
  await ben.choose("beds.txt", "Keep here");
  await expect(ben.row("beds.txt")).toContainText("Always kept here");
  await ben.choose("beds.txt", "Free up space");
  expect(await answerRefusal({ page: () => ben.page }, "keep")).toContain(
    "Always kept here.",
  );
  expect(existsSync(join(into, "Garden", "beds.txt"))).toBe(true);

  // Freed: gone from the disk, still listed, and back with Undo.
  await ben.choose("seeds.txt", "Free up space");
  await expect(ben.row("seeds.txt")).toContainText("Not downloaded");
  expect(existsSync(join(into, "Garden", "seeds.txt"))).toBe(false);
  await ben.undo();
  await expect(ben.row("seeds.txt")).toContainText("On this computer");
  expect(existsSync(join(into, "Garden", "seeds.txt"))).toBe(true);

  // The only copy: refused, with who had it last, until Ben insists.
  renameSync(folder, join(makeFolder("away"), "Garden"));
  await ben.choose("water.txt", "Free up space");
  expect(await answerRefusal({ page: () => ben.page }, "keep")).toMatch(
    /Only you have this\. Ana last had it/,
  );
  expect(existsSync(join(into, "Garden", "water.txt"))).toBe(true);
  await ben.choose("water.txt", "Free up space");
  await answerRefusal({ page: () => ben.page }, "insist");
  await expect
    .poll(() => existsSync(join(into, "Garden", "water.txt")))
    .toBe(false);
});

test("all transfers are paused with a key, stay so through a restart, and go on with the pill", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Film");
  writeBigFile(folder, "film.bin", BIG_FILE_BYTES);
  const into = makeFolder("downloads");
  await ana.shareFolder(folder);
  await ben.openCollection("Film", 1);

  await ben.page.keyboard.press("ControlOrMeta+Alt+p");
  await expect(ben.pill()).toContainText("Paused by you");
  await ben.downloadAll(into);
  await expect(ben.row("film.bin")).toContainText("Paused");
  await ben.restart();
  await expect(ben.pill()).toContainText("Paused by you");
  await ben.showTransfers();
  await expect(
    ben.page.getByRole("complementary", { name: "Transfers" }),
  ).toContainText("Paused with everything");

  await ben.hideTransfers();
  await ben.pill().click();
  await ben.page
    .getByRole("dialog", { name: "Connection" })
    .getByRole("button", { name: "Resume" })
    .click();
  await ben.waitForDownload("Film");
});
