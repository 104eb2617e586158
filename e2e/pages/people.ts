import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { Hand } from "./hand.ts";

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
    await page().getByRole("textbox", { name: "Invite link" }).fill(link);
    await page().getByRole("button", { name: "Open", exact: true }).click();
    await expect(
      page().getByRole("heading", { level: 1, name: /^(Link|Invite)$/ }),
    ).toBeVisible();
  }
  return {
    async invite() {
      await go("People");
      await page()
        .getByRole("button", { name: "Invite someone" })
        .first()
        .click();
      const dialog = page().getByRole("dialog");
      await dialog.getByRole("button", { name: "Make invite" }).click();
      const link = dialog.getByRole("textbox", { name: "Invite link" });
      await expect(link).toHaveValue(/^commonplace:/);
      const text = await link.inputValue();
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(dialog).toBeHidden();
      return text;
    },
    readLink,
    async acceptLink(link) {
      await readLink(link);
      await page()
        .getByRole("button", { name: "Connect", exact: true })
        .click();
    },
    linkPage: () => page().getByRole("main"),
    contact: (name) =>
      page()
        .getByRole("list", { name: "Contacts" })
        .getByRole("listitem")
        .filter({ hasText: name }),
  };
}
