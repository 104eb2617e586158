import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** What stays on this computer, what goes, and what waits. */
export interface RoomPages {
  /** One file or folder in the collection on the screen. */
  row(name: string): Locator;
  /** Chooses something about a file or folder. */
  choose(name: string, words: string): Promise<void>;
  /** Presses the button of the last message. */
  undo(): Promise<void>;
  /** What the pill at the foot of the rail says. */
  pill(): Locator;
}

export function createRoomPages({ page }: Hand): RoomPages {
  function row(name: string): Locator {
    return page().getByRole("row").filter({ hasText: name });
  }
  return {
    row,
    async choose(name, words) {
      await row(name)
        .getByRole("button", { name: `Actions for ${name}` })
        .click();
      await page().getByRole("menuitem", { name: words, exact: true }).click();
    },
    async undo() {
      const messages = page().getByRole("region", { name: "Messages" });
      await messages.getByRole("button", { name: "Undo" }).last().click();
    },
    pill() {
      const rail = page().getByRole("navigation", { name: "Main" });
      return rail.getByRole("button", { name: /^Connection/ });
    },
  };
}

/** A window that says what stays, closed or insisted upon. */
export async function answerRefusal(
  { page }: Pick<Hand, "page">,
  answer: "keep" | "insist",
): Promise<string> {
  const dialog = page().getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  const words = (await dialog.textContent()) ?? "";
  await dialog
    .getByRole("button", {
      name: answer === "keep" ? /Keep (it|them) here/ : /Free up .*anyway/,
    })
    .click();
  await expect(dialog).toBeHidden();
  return words;
}
