import { expect } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** The first screen, and what is chosen once. */
export interface Start {
  /** Types a name and presses Start. */
  tryName(name: string): Promise<void>;
  /** Starts as the person this app is for, without a lock; ends on Home. */
  onboard(): Promise<void>;
}

export function createStart({ name, page }: Hand): Start {
  async function tryName(text: string): Promise<void> {
    await page().getByRole("textbox", { name: "Name" }).fill(text);
    // Where there is no store for passwords, the way to lock is asked for too.
    const noLock = page().getByRole("radio", { name: /^No lock/ });
    const begin = page().getByRole("button", { name: "Start", exact: true });
    await expect(begin).toBeVisible();
    if (await noLock.isVisible()) await noLock.click();
    await begin.click();
  }
  return {
    tryName,
    async onboard() {
      await tryName(name);
      await expect(
        page().getByRole("textbox", { name: "What's new?" }),
      ).toBeVisible();
    },
  };
}
