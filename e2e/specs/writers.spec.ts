import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const LONG_MS = 60_000;

test("EN5: two who may write change one file apart, see two versions, and one of them keeps both", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Plans");
  const own = makeFolder("bens");
  mkdirSync(folder);
  writeFileSync(join(folder, "plan.txt"), "one line\n");

  await ana.shareFolder(folder);
  await ana.letWrite("Ben");
  await ben.openCollection("Plans", 1);
  await ben.takeFolder(own);
  await expect
    .poll(() => readText(own, "plan.txt"), { timeout: LONG_MS })
    .toBe("one line\n");

  // What Ben changes arrives in Ana's folder by itself.
  writeFileSync(join(own, "plan.txt"), "one line, by Ben\n");
  await expect
    .poll(() => readText(folder, "plan.txt"), { timeout: LONG_MS })
    .toBe("one line, by Ben\n");

  await ben.close();
  writeFileSync(join(own, "plan.txt"), "one line, by Ben alone\n");
  writeFileSync(join(folder, "plan.txt"), "one line, by Ana alone\n");
  await ana.openVersions("plan.txt");
  await expect(ana.page.getByRole("dialog").getByRole("listitem")).toHaveCount(
    3,
    { timeout: LONG_MS },
  );
  await ana.page.keyboard.press("Escape");

  await ben.start();
  await ben.openCollection("Plans", 1);
  for (const app of [ana, ben])
    await expect(
      app.page.getByRole("button", { name: "Two versions" }),
    ).toBeVisible({ timeout: LONG_MS });

  await ben.page.getByRole("button", { name: "Two versions" }).click();
  const dialog = ben.page.getByRole("dialog", {
    name: "Two versions of plan.txt",
  });
  const keep = dialog.getByRole("button", { name: "Keep both" });
  await expect(keep).toBeFocused();
  await ben.page.keyboard.press("Enter");
  for (const app of [ana, ben]) {
    await expect(
      app.page.getByRole("button", { name: "Two versions" }),
    ).toBeHidden({ timeout: LONG_MS });
    await expect(app.page.getByRole("row", { name: /plan \(/ })).toBeVisible({
      timeout: LONG_MS,
    });
  }
  await expect
    .poll(() => texts(folder), { timeout: LONG_MS })
    .toEqual(["one line, by Ana alone\n", "one line, by Ben alone\n"]);
  await expect
    .poll(() => texts(own), { timeout: LONG_MS })
    .toEqual(texts(folder));
});

function readText(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return null;
  }
}

function texts(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => readText(folder, name) ?? "")
    .toSorted();
}
