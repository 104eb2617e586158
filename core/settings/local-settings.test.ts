import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocal } from "#core/storage/databases.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { LOCAL_SETTINGS_MIGRATION, LocalSettings } from "./local-settings.ts";

test("the download folder is kept on this computer, once it was chosen", async () => {
  const path = join(await tempFolder(), "local.db");
  const local = openLocal(path, [LOCAL_SETTINGS_MIGRATION]);
  onTestFinished(() => local.close());
  const settings = new LocalSettings(local);
  let changes = 0;
  settings.changed.subscribe(() => (changes += 1));
  expect(settings.downloadFolder).toBeNull();
  settings.setDownloadFolder("/somewhere");
  settings.setDownloadFolder("/elsewhere");
  expect(new LocalSettings(local).downloadFolder).toBe("/elsewhere");
  expect(changes).toBe(2);
});
