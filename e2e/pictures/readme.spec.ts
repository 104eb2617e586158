import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/fixtures.ts";
import { makeContacts } from "../pages/make-contacts.ts";

/** The pictures in the README, taken of the real app: PICTURES=1 npm run e2e -- --project=pictures */
test("pictures of the app", async ({ startApp, makeFolder }) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.page.setViewportSize({ width: 1200, height: 800 });
  const folder = join(makeFolder("shared"), "Garden plans");
  mkdirSync(folder);
  for (const name of ["Beds 2027.txt", "Seeds we swap.txt", "Water.txt"])
    writeFileSync(join(folder, name), `${name}\n`.repeat(400));

  await ben.shareFolder(folder);
  await ben.post(
    "The plans for the **garden** are in *Garden plans*. Whoever wants a bed next year: say so here until Sunday.",
  );
  await ana.go("Home");
  await ana.seesPost("The plans for the");
  await ana.reply(
    "The plans for the",
    "One for us, the sunny one if it is free.",
  );
  await ana.go("Home");
  await ana.react("The plans for the", "🎉");
  await ana.post("Soup on Friday at seven. Bring a bowl.");
  await ana.seesPost("Soup on Friday");
  await ben.go("Home");
  await ben.seesPost("Soup on Friday");
  await ben.react("Soup on Friday", "❤️");
  await ana.reaction("Soup on Friday", "❤️").waitFor();

  await ana.page
    .getByRole("button", { name: "Close these first steps" })
    .click();
  await ana.page.getByRole("button", { name: "Mark all read" }).click();
  await ana.page.getByRole("button", { name: "Close message" }).click();
  await ana.page.mouse.move(0, 0);
  await ana.page.screenshot({ path: "docs/screenshot-home.png" });
  await ana.chooseTheme("Dark");
  await ana.openCollection("Garden plans", 3);
  await ana.downloadAll(makeFolder("downloads"));
  await ana.waitForDownload("Garden plans");
  await ana.hideTransfers();
  const close = ana.page.getByRole("button", { name: "Close message" });
  while (await close.first().isVisible()) await close.first().click();
  await ana.page.mouse.move(0, 0);
  await ana.page.screenshot({ path: "docs/screenshot-collection-dark.png" });
});
