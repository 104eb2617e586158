import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";

/** Looking at one file over the whole window. */
export interface Previews {
  readonly dialog: Locator;
  /** Opens the first file of the collection on the screen. */
  openFirst(): Promise<void>;
  /** Walks on to a file by its name. */
  walkTo(name: string): Promise<void>;
  close(): Promise<void>;
}

export function createPreviews(page: Page): Previews {
  const dialog = page.locator(".preview");
  const title = (name: string) =>
    dialog.getByRole("heading", { level: 2, name, exact: true });
  return {
    dialog,
    async openFirst() {
      const first = page
        .getByRole("grid", { name: "Files" })
        .locator("tbody tr");
      await expect(first.first()).toBeVisible();
      await first.first().focus();
      await page.keyboard.press("Space");
      await expect(dialog).toBeVisible();
    },
    async walkTo(name) {
      await expect(async () => {
        if (await title(name).isVisible()) return;
        await page.keyboard.press("Alt+ArrowDown");
        await expect(title(name)).toBeVisible({ timeout: 500 });
      }).toPass({ intervals: [50] });
    },
    async close() {
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    },
  };
}
