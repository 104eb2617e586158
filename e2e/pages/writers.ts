import { expect } from "@playwright/test";
import { chooseFolder } from "./files.ts";
import type { Hand } from "./hand.ts";

/** Collections that several write in, and versions of their files. */
export interface WritersPages {
  /** Lets a contact add and change things in the collection on the screen. */
  letWrite(name: string): Promise<void>;
  /** Takes a folder as one's own for the collection on the screen. */
  takeFolder(path: string): Promise<void>;
  /** Shows the versions of a file of the collection on the screen. */
  openVersions(file: string): Promise<void>;
}

const LONG_MS = 60_000;

export function createWritersPages(hand: Hand): WritersPages {
  const { page } = hand;
  return {
    async letWrite(name) {
      await page().getByRole("button", { name: "Change who may" }).click();
      await page()
        .getByRole("button", { name: `What ${name} may do` })
        .click();
      await page().getByRole("option", { name: "Add & change" }).click();
      await expect(
        page().getByText(new RegExp(`You.? and .?${name}.? add and change`)),
      ).toBeVisible();
      await page().getByRole("button", { name: "Done", exact: true }).click();
    },
    async takeFolder(path) {
      const choose = page().getByRole("button", { name: "Choose a folder" });
      await expect(choose).toBeVisible({ timeout: LONG_MS });
      await chooseFolder(hand, path, () => choose.click());
      await expect(
        page().getByText("What you change in this folder is shared:"),
      ).toBeVisible();
    },
    async openVersions(file) {
      await page()
        .getByRole("button", { name: `Actions for ${file}` })
        .click();
      await page().getByRole("menuitem", { name: "Versions" }).click();
    },
  };
}
