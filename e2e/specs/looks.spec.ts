import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { bombs } from "../harness/picture-bombs.ts";
import { writeFilms } from "../harness/test-films.ts";
import { makeContacts } from "../pages/make-contacts.ts";

test("FI12: pictures and films are seen small before any of them is here", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Films");
  test.skip(!writeFilms(folder), "there is no ffmpeg");
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.shareFolder(folder);
  await ben.openCollection("Films", 2);
  const row = ben.page.getByRole("row").filter({ hasText: "film.mp4" });
  const small = row.locator(".thumbnail__picture");
  await expect(small).toBeVisible({ timeout: 40_000 });
  const size = await small.evaluate((it) =>
    it instanceof HTMLImageElement ? [it.naturalWidth, it.naturalHeight] : [],
  );
  expect(size).toEqual([320, 180]);
  await expect(row).toContainText("Not downloaded");
});

test("J3: pictures that are bombs stop nobody: the others are seen, the app goes on", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Odd pictures");
  mkdirSync(folder);
  for (const [name, bytes] of bombs()) writeFileSync(join(folder, name), bytes);
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.shareFolder(folder);
  await ben.openCollection("Odd pictures", bombs().length);
  const good = ben.page.getByRole("row").filter({ hasText: "zz good.png" });
  await expect(good.locator(".thumbnail__picture")).toBeVisible({
    timeout: 60_000,
  });
  for (const name of ["b huge.png", "c cut off.png", "d no picture.jpg"]) {
    const row = ben.page.getByRole("row").filter({ hasText: name });
    await expect(row.locator(".thumbnail__picture")).toHaveCount(0);
  }
});
