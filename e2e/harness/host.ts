import type { Page } from "@playwright/test";

/** What an app is started with. */
export interface AppOptions {
  /** Where it keeps its data: the same folder again is the same person again. */
  readonly dataFolder: string;
  /** `host:port` of the nodes of the private network. */
  readonly bootstrap: readonly string[];
  /** Reports what must not happen: errors in the console, of the page, of its policy. */
  readonly onProblem: (problem: string) => void;
  /** A link the app is opened with. */
  readonly link?: string;
}

/** A running app: one process, one window. */
export interface RunningApp {
  readonly page: Page;
  /** Answers the next desktop dialog with these paths; false where there are no such dialogs. */
  answerDialog(paths: readonly string[]): Promise<boolean>;
  /** Ends the whole app at once, without a chance to tidy up. */
  kill(): Promise<void>;
  /** Ends it as a person does. */
  close(): Promise<void>;
}

/** Starts an app of one kind. */
export interface Host {
  readonly name: "browser" | "electron";
  start(options: AppOptions): Promise<RunningApp>;
}
