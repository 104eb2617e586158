import { basename } from "node:path";
import { expect } from "@playwright/test";
import type { Hand } from "./app.ts";

/** Sharing folders and fetching files. */
export interface Files {
  /** Shares a folder with all contacts; ends when it is read and listed. */
  shareFolder(path: string): Promise<void>;
  /** Opens a collection by its title, as soon as it is there. */
  openCollection(title: string): Promise<void>;
  /** Fetches everything in the collection on the screen into a folder. */
  downloadAll(into: string): Promise<void>;
  /** Waits until a collection's files are all here. */
  waitForDownload(title: string): Promise<void>;
  /** How much of a running download is here, in percent; 0 before it began. */
  downloadedPercent(title: string): Promise<number>;
}

const LONG_MS = 120_000;

export function createFiles(hand: Hand): Files {
  const { page, go } = hand;
  return {
    async shareFolder(path) {
      await go("Files");
      await page().getByRole("button", { name: "Share a folder" }).click();
      await chooseFolder(hand, path);
      await page().getByRole("button", { name: "Share", exact: true }).click();
      await expect(
        page().getByRole("link", { name: basename(path) }),
      ).toBeVisible({ timeout: LONG_MS });
    },
    async openCollection(title) {
      await go("Files");
      await page()
        .getByRole("link", { name: title })
        .click({ timeout: LONG_MS });
    },
    async downloadAll(into) {
      await page().getByRole("button", { name: "Download all" }).click();
      await chooseFolder(hand, into);
    },
    async waitForDownload(title) {
      await expect(
        page().getByRole("listitem").filter({ hasText: title }),
      ).toContainText("Done", { timeout: LONG_MS });
    },
    async downloadedPercent(title) {
      const bar = page()
        .getByRole("listitem")
        .filter({ hasText: title })
        .getByRole("progressbar");
      if ((await bar.count()) === 0) return 0;
      return Number(await bar.getAttribute("aria-valuenow"));
    },
  };
}

/** Picks a folder: in the desktop's own dialog, or in the page's list of folders. */
async function chooseFolder(hand: Hand, path: string): Promise<void> {
  if (await hand.answerDialog([path])) {
    await hand.page().getByRole("button", { name: "Choose a folder" }).click();
    return;
  }
  await hand.page().getByRole("textbox", { name: "Folder" }).fill(path);
  await hand.page().getByRole("button", { name: "Choose" }).click();
}
