import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { Hand } from "./hand.ts";

export interface PostOptions {
  readonly audience?: "Contacts" | "Everyone with the link";
  readonly picture?: { readonly path: string; readonly alt: string };
}

/** Writing and reading posts. */
export interface Home {
  post(text: string, options?: PostOptions): Promise<void>;
  /** Takes the newest post back, while that is possible. */
  undoPost(): Promise<void>;
  postCard(text: string): Locator;
  /** Waits until a post is to be seen, also behind the button that gathers new ones. */
  seesPost(text: string): Promise<void>;
  openThread(text: string): Promise<void>;
  reply(text: string, answer: string): Promise<void>;
  react(text: string, emoji: string): Promise<void>;
  reaction(text: string, emoji: string): Locator;
  edit(text: string, to: string): Promise<void>;
  /** Asks others to remove a post of one's own. */
  withdraw(text: string): Promise<void>;
  picture(alt: string): Locator;
  /** The width in pixels of a picture as it came; 0 while it is not drawn. */
  pictureWidth(alt: string): Promise<number>;
}

export function createHome({ page, go }: Hand): Home {
  const postCard = (text: string): Locator =>
    page().getByRole("article").filter({ hasText: text });

  async function choose(text: string, item: string): Promise<void> {
    const card = postCard(text);
    await card.getByRole("button", { name: "More about this post" }).click();
    await page().getByRole("menuitem", { name: item }).click();
  }

  async function openThread(text: string): Promise<void> {
    await choose(text, "Open");
    await expect(
      page().getByRole("textbox", { name: "Write a reply" }),
    ).toBeVisible();
  }

  return {
    postCard,
    openThread,
    async post(text, { audience, picture } = {}) {
      await go("Home");
      const box = page().getByRole("textbox", { name: "What's new?" });
      await box.fill(text);
      if (audience !== undefined) {
        await page().getByRole("button", { name: "Who can read this" }).click();
        await page().getByRole("option", { name: audience }).click();
      }
      const form = page().getByRole("form", { name: "What's new?" });
      if (picture !== undefined) {
        await form.locator("input[type=file]").setInputFiles(picture.path);
        await form
          .getByRole("textbox", { name: "Description of" })
          .fill(picture.alt);
      }
      await form.getByRole("button", { name: "Post", exact: true }).click();
      await expect(box).toHaveValue("");
    },
    async undoPost() {
      const held = page().getByRole("region", {
        name: "Post that can still be taken back",
      });
      await held.getByRole("button", { name: "Undo" }).click();
      await expect(held).toBeHidden();
      // Its text is back in the box; this person has thought better of it.
      await page().getByRole("textbox", { name: "What's new?" }).fill("");
    },
    async seesPost(text) {
      const fresh = page().getByRole("button", { name: /new posts?$/ });
      await expect(async () => {
        if (await fresh.isVisible()) await fresh.click();
        await expect(postCard(text)).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 30_000 });
    },
    async reply(text, answer) {
      await openThread(text);
      const box = page().getByRole("textbox", { name: "Write a reply" });
      await box.fill(answer);
      await page()
        .getByRole("form", { name: "Write a reply" })
        .getByRole("button", { name: "Reply", exact: true })
        .click();
      await expect(box).toHaveValue("");
    },
    async react(text, emoji) {
      const card = postCard(text);
      await card.getByRole("button", { name: "React", exact: true }).click();
      await page()
        .getByRole("button", { name: `React with ${emoji}` })
        .click();
    },
    reaction: (text, emoji) =>
      postCard(text).getByRole("button", { name: new RegExp(`^${emoji} \\d`) }),
    async edit(text, to) {
      await choose(text, "Edit");
      await page().getByRole("textbox", { name: "Text of the post" }).fill(to);
      await page().getByRole("button", { name: "Save", exact: true }).click();
    },
    async withdraw(text) {
      await choose(text, "Ask others to remove it");
      await page().getByRole("button", { name: "Ask to remove" }).click();
    },
    picture: (alt) => page().getByRole("button", { name: alt }),
    async pictureWidth(alt) {
      const image = page().getByRole("button", { name: alt }).locator("img");
      if ((await image.count()) === 0) return 0;
      return image.evaluate((element) =>
        element instanceof HTMLImageElement ? element.naturalWidth : 0,
      );
    },
  };
}
