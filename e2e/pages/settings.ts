import { expect } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** What is chosen once, and a walk through every screen. */
export interface Settings {
  chooseTheme(theme: "Light" | "Dark"): Promise<void>;
  /** Posts go out at once, and cannot be taken back. */
  postWithoutDelay(): Promise<void>;
}

export function createSettings({ page, go }: Hand): Settings {
  return {
    async chooseTheme(theme) {
      await go("Settings");
      const choice = page()
        .getByRole("radiogroup", { name: "Theme" })
        .getByRole("radio", { name: theme });
      // The input itself lies hidden under what is drawn for it.
      await choice.click({ force: true });
      await expect(choice).toBeChecked();
    },
    async postWithoutDelay() {
      await go("Settings");
      await page()
        .getByRole("button", { name: /Undo time/ })
        .click();
      await page().getByRole("option", { name: "No time" }).click();
    },
  };
}
