import { basename, sep } from "node:path";
import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { Hand } from "./hand.ts";

/** Sharing folders and fetching files. */
export interface Files {
  /** Shares a folder with all contacts; ends when it has been read. Hidden and temporary files are left out unless all of it is wanted. */
  shareFolder(path: string, how?: { readonly whole: boolean }): Promise<void>;
  /** Opens a collection of somebody else's by its title, as soon as it is there with all its files. */
  openCollection(title: string, files: number): Promise<void>;
  /** Fetches everything in the collection on the screen, into this folder the first time. */
  downloadAll(into: string): Promise<void>;
  /** Picks a folder, in whatever opens when it is asked for. */
  pickFolder(path: string, ask: () => Promise<void>): Promise<void>;
  showTransfers(): Promise<void>;
  hideTransfers(): Promise<void>;
  /** Waits until a download has ended well. */
  waitForDownload(title: string): Promise<void>;
  /** How much of a running download is here, in percent; 0 before it began. */
  downloadedPercent(title: string): Promise<number>;
}

const LONG_MS = 120_000;

export function createFiles(hand: Hand): Files {
  const { page, go } = hand;

  async function transfersPanel(): Promise<Locator> {
    const panel = page().getByRole("complementary", { name: "Transfers" });
    if (!(await panel.isVisible()))
      await page()
        .getByRole("button", { name: /^Transfers/ })
        .click();
    return panel;
  }
  /** In a narrow window the panel lies on top of the page. */
  async function hideTransfers(): Promise<void> {
    const close = page().getByRole("button", { name: "Close transfers" });
    if (await close.isVisible()) await close.click();
  }
  async function transfer(title: string): Promise<Locator> {
    const panel = await transfersPanel();
    return panel.getByRole("listitem").filter({ hasText: title });
  }
  async function waitUntilDone(title: string): Promise<void> {
    const panel = await transfersPanel();
    const done = panel.getByRole("region", { name: "Done" });
    await expect(
      done.getByRole("listitem").filter({ hasText: title }),
    ).toBeVisible({ timeout: LONG_MS });
  }

  return {
    async showTransfers() {
      await transfersPanel();
    },
    hideTransfers,
    async shareFolder(path, how = { whole: false }) {
      await go("Files");
      await page().getByRole("button", { name: "Share a folder" }).click();
      const dialog = page().getByRole("dialog", { name: "Share a folder" });
      await chooseFolder(hand, path, () =>
        dialog.getByRole("button", { name: "Choose folder" }).click(),
      );
      await expect(dialog.getByRole("textbox", { name: "Title" })).toHaveValue(
        basename(path),
      );
      if (how.whole)
        for (const name of [
          "Leave out hidden files",
          "Leave out temporary files",
        ])
          await dialog.getByText(name).click();
      await dialog.getByRole("button", { name: "Share", exact: true }).click();
      await expect(
        page().getByRole("heading", { level: 1, name: basename(path) }),
      ).toBeVisible();
      await waitUntilDone(basename(path));
      await hideTransfers();
    },
    async openCollection(title, files) {
      await go("Files");
      const cards = page().getByRole("list", { name: "Collections" });
      const card = cards.getByRole("listitem").filter({ hasText: title });
      await expect(card).toContainText(`${files.toLocaleString("en")} file`, {
        timeout: LONG_MS,
      });
      await card.getByRole("link").first().click();
      await expect(
        page().getByRole("heading", { level: 1, name: title }),
      ).toBeVisible();
    },
    pickFolder: (path, ask) => chooseFolder(hand, path, ask),
    async downloadAll(into) {
      await chooseFolder(hand, into, () =>
        page().getByRole("button", { name: "Download all" }).click(),
      );
    },
    waitForDownload: waitUntilDone,
    async downloadedPercent(title) {
      const bar = (await transfer(title)).getByRole("progressbar");
      if ((await bar.count()) === 0) return 0;
      return Number(await bar.getAttribute("value"));
    },
  };
}

/** Picks a folder: in the desktop's own dialog, or step by step in the page's. */
export async function chooseFolder(
  hand: Hand,
  path: string,
  ask: () => Promise<void>,
): Promise<void> {
  const hasDialogs = await hand.answerDialog([path]);
  await ask();
  if (hasDialogs) return;
  const dialog = hand.page().getByRole("dialog", { name: "Choose a folder" });
  const at = dialog.locator("p").first();
  const up = dialog.getByRole("button", { name: "One folder up" });
  await expect(at).not.toHaveText("…");
  while (await up.isVisible()) {
    const before = await at.textContent();
    await up.click();
    await expect(at).not.toHaveText(before ?? "");
  }
  for (const name of path.split(sep).filter((part) => part !== "")) {
    const before = await at.textContent();
    await dialog.getByRole("button", { name, exact: true }).click();
    await expect(at).not.toHaveText(before ?? "");
  }
  await expect(at).toHaveText(path);
  await dialog.getByRole("button", { name: "Use this folder" }).click();
  await expect(dialog).toBeHidden();
}
