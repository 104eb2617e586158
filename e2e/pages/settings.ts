import { expect } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** What is chosen once, and a walk through every screen. */
export interface Settings {
  chooseTheme(theme: "Light" | "Dark"): Promise<void>;
  /** Posts go out at once, and cannot be taken back. */
  postWithoutDelay(): Promise<void>;
  /** Opens what there is to know about the connection. */
  lookCloser(): Promise<void>;
  /** Files come at this speed at most, as the list of speeds says it. */
  limitComing(speed: string): Promise<void>;
  /** Chooses how far the app goes. */
  meet(
    where: "Everywhere" | "On this network only" | "With nobody",
  ): Promise<void>;
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
    async lookCloser() {
      await page()
        .getByRole("button", { name: /^Connection:/ })
        .click();
      await page().getByRole("button", { name: "Look closer" }).click();
      await expect(
        page().getByRole("heading", { name: "Connection" }),
      ).toBeFocused();
    },
    async meet(where) {
      await go("Settings");
      const choice = page()
        .getByRole("radiogroup", { name: "Meet people" })
        .getByRole("radio", { name: where });
      await choice.click({ force: true });
      await expect(choice).toBeChecked();
    },
    async limitComing(speed) {
      await go("Settings");
      await page()
        .getByRole("button", { name: /Files coming to this computer/ })
        .click();
      await page().getByRole("option", { name: speed, exact: true }).click();
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
