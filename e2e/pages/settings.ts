import type { Hand } from "./app.ts";

/** What is chosen once, and a walk through every screen. */
export interface Settings {
  chooseTheme(theme: "Light" | "Dark"): Promise<void>;
  /** Posts go out at once, and cannot be taken back. */
  postWithoutDelay(): Promise<void>;
}

export function createSettings({ page, go }: Hand): Settings {
  async function chooseOne(group: string, choice: string): Promise<void> {
    await go("Settings");
    await page()
      .getByRole("radiogroup", { name: group })
      .getByText(choice, { exact: true })
      .click();
  }
  return {
    chooseTheme: (theme) => chooseOne("Theme", theme),
    postWithoutDelay: () => chooseOne("Undo time", "None"),
  };
}
