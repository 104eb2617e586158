import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures.ts";
import { tabTo } from "../harness/tab-to.ts";

/** The focus is on something, and it can be seen. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focus = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nowhere";
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    const ring = outlineStyle !== "none" || boxShadow !== "none";
    return ring || element.matches("[data-focus-visible]")
      ? "seen"
      : `not seen on ${element.outerHTML.slice(0, 120)}`;
  });
  expect(focus).toBe("seen");
}

test("a person without a mouse starts, posts, walks through all places and makes an invite", async ({
  startApp,
}) => {
  const { page } = await startApp("Ana");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Ana");
  const password = page.getByRole("textbox", { name: "Password" });
  if (await password.isVisible()) {
    await tabTo(page, "Password");
    await page.keyboard.type("correct horse");
  }
  await page.keyboard.press("Enter");

  const box = page.getByRole("textbox", { name: "What's new?" });
  await expect(box).toBeVisible();
  await page.keyboard.press("Control+n");
  await expect(box).toBeFocused();
  await page.keyboard.type("Written without a mouse");
  await page.keyboard.press("Control+Enter");
  await expect(box).toHaveValue("");

  for (const place of ["People", "Files", "Settings", "Home"]) {
    await tabTo(page, place);
    await expectVisibleFocus(page);
    await page.keyboard.press("Enter");
    await expect(
      page.getByRole("heading", { level: 1, name: place }),
    ).toBeVisible();
  }

  await page.keyboard.press("Control+Shift+n");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expectVisibleFocus(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
