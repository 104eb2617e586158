import { accessibilityProblems } from "../harness/axe.ts";
import { expect, test } from "../harness/fixtures.ts";
import type { App } from "../pages/app.ts";
import { makeContacts } from "../pages/make-contacts.ts";

/** Every screen there is, and how to get there. */
function screensOf(
  app: App,
): readonly (readonly [string, () => Promise<void>])[] {
  const { page } = app;
  return [
    ["Home", () => app.go("Home")],
    [
      "a post and its replies",
      async () => {
        await app.go("Home");
        await app.openThread("Something to look at");
      },
    ],
    ["People", () => app.go("People")],
    ["a person", () => app.contact("Ben").getByRole("link").first().click()],
    ["Files", () => app.go("Files")],
    ["Settings", () => app.go("Settings")],
    [
      "Transfers",
      () => page.getByRole("button", { name: "Transfers" }).click(),
    ],
    ["List of keys", () => page.keyboard.press("Control+/")],
  ];
}

const THEMES = ["Light", "Dark"] as const;

test("axe finds nothing on any screen in any theme", async ({ startApp }) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ben.post(
    "Something to look at, **with** [a link](https://example.com)",
  );
  await ana.seesPost("Something to look at");

  for (const theme of THEMES) {
    await ana.chooseTheme(theme);
    for (const [screen, open] of screensOf(ana)) {
      await test.step(`${screen}, ${theme}`, async () => {
        await open();
        expect
          .soft(await accessibilityProblems(ana.page), `${screen}, ${theme}`)
          .toEqual([]);
      });
    }
  }
});

test("axe finds nothing on the first screen", async ({ startApp }) => {
  const ana = await startApp("Ana");
  await expect(ana.page.getByRole("textbox", { name: "Name" })).toBeVisible();
  expect(await accessibilityProblems(ana.page)).toEqual([]);
});
