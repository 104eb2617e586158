import type { Page } from "@playwright/test";

export type Place = "Home" | "People" | "Files" | "Settings";

/** What the pages need of the app they belong to. */
export interface Hand {
  readonly name: string;
  /** The page of the moment: another one after a restart. */
  page(): Page;
  go(place: Place): Promise<void>;
  answerDialog(paths: readonly string[]): Promise<boolean>;
}
