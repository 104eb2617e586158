import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { Hand } from "./app.ts";

/** Meeting others. */
export interface People {
  /** Makes an invite for one; answers with its link. */
  invite(): Promise<string>;
  /** Opens the page of a link; nothing is done with it yet. */
  readLink(link: string): Promise<void>;
  /** Opens a link and says yes to it. */
  acceptLink(link: string): Promise<void>;
  linkPage(): Locator;
  /** A person's row among the contacts, on the page of people. */
  contact(name: string): Locator;
}

export function createPeople({ page, go }: Hand): People {
  async function readLink(link: string): Promise<void> {
    await go("People");
    await page().getByRole("button", { name: "Open an invite" }).click();
    const dialog = page().getByRole("dialog");
    await dialog.getByRole("textbox").fill(link);
    await dialog.getByRole("button", { name: "Open" }).click();
  }
  return {
    async invite() {
      await go("People");
      await page().getByRole("button", { name: "Invite someone" }).click();
      const dialog = page().getByRole("dialog");
      const link = dialog.getByRole("textbox", { name: "Link" });
      await expect(link).toHaveValue(/^commonplace:/);
      const text = await link.inputValue();
      await page().keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      return text;
    },
    readLink,
    async acceptLink(link) {
      await readLink(link);
      await page().getByRole("button", { name: "Connect" }).click();
    },
    linkPage: () => page().getByRole("main"),
    contact: (name) =>
      page()
        .getByRole("list", { name: "Contacts" })
        .getByRole("listitem")
        .filter({ hasText: name }),
  };
}
