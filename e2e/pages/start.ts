import { expect } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** The first screen, and the one of a locked app. */
export interface Start {
  /** Types a name and presses Start. */
  tryName(name: string): Promise<void>;
  /** Starts as the person this app is for, without a lock when no password is given; ends on Home. */
  onboard(options?: { readonly password?: string }): Promise<void>;
  /** Types a password at the locked door. */
  unlock(password: string): Promise<void>;
}

export function createStart({ name, page }: Hand): Start {
  const password = () => page().getByRole("textbox", { name: "Password" });

  /** Where there is no store for passwords, the way to lock is asked for too. */
  async function chooseLock(text: string | null): Promise<void> {
    const noLock = page().getByRole("radio", { name: /^No lock/ });
    if (!(await noLock.isVisible())) return;
    // The input itself lies hidden under what is drawn for it.
    if (text === null) await noLock.check({ force: true });
    else await password().fill(text);
  }
  async function begin(called: string, text: string | null): Promise<void> {
    await page().getByRole("textbox", { name: "Name" }).fill(called);
    await chooseLock(text);
    await page().getByRole("button", { name: "Start", exact: true }).click();
  }
  return {
    tryName: (text) => begin(text, null),
    async onboard(options = {}) {
      await begin(name, options.password ?? null);
      await expect(
        page().getByRole("textbox", { name: "What's new?" }),
      ).toBeVisible();
    },
    async unlock(text) {
      await password().fill(text);
      await page().getByRole("button", { name: "Unlock" }).click();
    },
  };
}
