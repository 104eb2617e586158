import type { Page, TestInfo } from "@playwright/test";
import type { Host, RunningApp } from "../harness/host.ts";
import { createFiles } from "./files.ts";
import type { Files } from "./files.ts";
import type { Hand, Place } from "./hand.ts";
import { createHome } from "./home.ts";
import type { Home } from "./home.ts";
import { createPeople } from "./people.ts";
import type { People } from "./people.ts";
import { createRoomPages } from "./room.ts";
import type { RoomPages } from "./room.ts";
import { createSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { createWritersPages } from "./writers.ts";
import type { WritersPages } from "./writers.ts";
import { createStart } from "./start.ts";
import type { Start } from "./start.ts";

/** One person's app: its life, and all that a person can do with it. */
export interface App
  extends Start, Home, People, Files, Settings, RoomPages, WritersPages {
  readonly name: string;
  readonly dataFolder: string;
  /** The page of the moment: another one after a restart. */
  readonly page: Page;
  start(): Promise<void>;
  close(): Promise<void>;
  /** Ends the app at once, as a power cut would. */
  kill(): Promise<void>;
  /** Closes it and starts it again, on the same data. */
  restart(): Promise<void>;
  go(place: Place): Promise<void>;
  attachPictureOfPage(info: TestInfo): Promise<void>;
}

export interface AppOptions {
  readonly name: string;
  readonly host: Host;
  readonly bootstrap: readonly string[];
  readonly dataFolder: string;
  readonly onProblem: (problem: string) => void;
}

/** Starts an app for a person. */
export async function createApp(options: AppOptions): Promise<App> {
  let running: RunningApp | null = null;
  function now(): RunningApp {
    if (running === null) throw new Error(`${options.name}'s app is closed`);
    return running;
  }
  async function start(): Promise<void> {
    running = await options.host.start(options);
  }
  async function close(): Promise<void> {
    const last = running;
    running = null;
    await last?.close();
  }
  const hand: Hand = {
    name: options.name,
    page: () => now().page,
    answerDialog: (paths) => now().answerDialog(paths),
    async go(place) {
      const rail = now().page.getByRole("navigation", { name: "Main" });
      await rail.getByRole("link", { name: place }).click();
    },
  };
  await start();
  return {
    ...createStart(hand),
    ...createHome(hand),
    ...createPeople(hand),
    ...createFiles(hand),
    ...createSettings(hand),
    ...createRoomPages(hand),
    ...createWritersPages(hand),
    name: options.name,
    dataFolder: options.dataFolder,
    go: hand.go,
    get page() {
      return now().page;
    },
    start,
    close,
    async kill() {
      const last = now();
      running = null;
      await last.kill();
    },
    async restart() {
      await close();
      await start();
    },
    async attachPictureOfPage(info) {
      if (running === null) return;
      const body = await running.page.screenshot().catch(() => null);
      if (body === null) return;
      await info.attach(options.name, { body, contentType: "image/png" });
    },
  };
}
