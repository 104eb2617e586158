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
      await page()
        .getByRole("radiogroup", { name: "Theme" })
        .getByRole("radio", { name: theme })
        .check({ force: true });
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
