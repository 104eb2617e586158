import type { Page } from "@playwright/test";

/** Presses Tab until the control has the focus; no more often than a person would. */
export async function tabTo(
  page: Page,
  name: string,
  most = 40,
): Promise<void> {
  const wanted = page
    .getByRole("button", { name, exact: true })
    .or(page.getByRole("link", { name, exact: true }))
    .or(page.getByRole("radio", { name, exact: true }))
    .or(page.getByRole("switch", { name }))
    .or(page.getByRole("textbox", { name, exact: true }))
    .first();
  for (let presses = 0; presses < most; presses++) {
    const isThere = await wanted.evaluate(
      (element) => element === document.activeElement,
    );
    if (isThere) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}
