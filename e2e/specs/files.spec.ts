import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import {
  fingerprints,
  withoutRenamed,
  writeBigFile,
  writeOddFiles,
  writeSmallFiles,
} from "../harness/test-files.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const ODD_FILES = 200;
/** More than are looked at without a thread. */
const MANY_FILES = 2_500;
const BIG_FILE_BYTES = 96 * 1024 * 1024;

test("FI7: a shared folder of 200 files with odd names arrives byte for byte", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Odd things");
  writeOddFiles(folder, ODD_FILES);
  const into = makeFolder("downloads");

  await ana.shareFolder(folder, { whole: true });
  await ben.openCollection("Odd things", ODD_FILES);
  await ben.downloadAll(into);
  await ben.waitForDownload("Odd things");

  const sent = fingerprints(folder);
  expect(Object.keys(sent)).toHaveLength(ODD_FILES);
  const came = fingerprints(join(into, "Odd things"));
  // Every byte of every file, and every name that this disk can bear.
  expect(Object.values(came).toSorted()).toEqual(
    Object.values(sent).toSorted(),
  );
  expect(came).toMatchObject(withoutRenamed(sent));
});

test("FI1: a folder with thousands of files arrives, every one", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Notes");
  writeSmallFiles(folder, MANY_FILES);
  const into = makeFolder("downloads");

  await ana.shareFolder(folder);
  await ben.openCollection("Notes", MANY_FILES);
  await ben.downloadAll(into);
  await ben.waitForDownload("Notes");

  expect(fingerprints(join(into, "Notes"))).toEqual(fingerprints(folder));
});

test("FI8: a download goes on where it was when the app is killed and started again", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Film");
  writeBigFile(folder, "film.bin", BIG_FILE_BYTES);
  const into = makeFolder("downloads");

  await ana.shareFolder(folder);
  await ben.openCollection("Film", 1);
  await ben.downloadAll(into);
  await expect.poll(() => ben.downloadedPercent("Film")).toBeGreaterThan(3);
  await ben.kill();

  await ben.start();
  await ben.waitForDownload("Film");

  expect(fingerprints(join(into, "Film"))).toEqual(fingerprints(folder));
});
