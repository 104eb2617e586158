import type { MenuItemConstructorOptions } from "electron";
import type { NetworkState, Settings } from "#core/contract/models.ts";
import type { Transfer } from "#core/contract/collection-models.ts";
import { statusWords } from "#renderer/words/status.ts";
import type { StatusShape } from "#renderer/words/status.ts";

/** What the tray shows. */
export interface TrayFacts {
  readonly network: NetworkState | undefined;
  readonly line: "up" | "down";
  readonly transfers: readonly Transfer[];
  readonly settings: Settings | undefined;
  /** Whether the app goes on when its window is closed. */
  readonly staysOn: boolean;
}

export interface TrayActions {
  show(): void;
  setPaused(paused: boolean): void;
  setStaysOn(staysOn: boolean): void;
  quit(): void;
}

/** The sign of the tray: what the pill in the window shows. */
export function trayShape({ network, line, settings }: TrayFacts): StatusShape {
  return settings?.pausedAll === true
    ? "pause"
    : statusWords(network, line).shape;
}

/** One line for the tip, and the first of the menu. */
export function trayWords({ network, line, settings }: TrayFacts): string {
  const { words } = statusWords(network, line);
  return settings?.pausedAll === true ? `${words}, files paused` : words;
}

/** Status, show, pause, transfers, quit: what a person wants without the window. */
export function trayMenu(
  facts: TrayFacts,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const open = facts.transfers.filter(
    ({ state }) => state.stage === "running" || state.stage === "waiting",
  ).length;
  const isPaused = facts.settings?.pausedAll === true;
  return [
    { label: trayWords(facts), enabled: false },
    {
      label:
        open === 0 ? "No transfers under way" : `Transfers: ${String(open)}`,
      enabled: open > 0,
      click: actions.show,
    },
    { type: "separator" },
    { label: "Show Commonplace", click: actions.show },
    {
      label: isPaused ? "Resume files" : "Pause files",
      enabled: facts.settings !== undefined && facts.line === "up",
      click: () => {
        actions.setPaused(!isPaused);
      },
    },
    {
      label: "Keep running when the window is closed",
      type: "checkbox",
      checked: facts.staysOn,
      click: () => {
        actions.setStaysOn(!facts.staysOn);
      },
    },
    { type: "separator" },
    { label: "Quit", click: actions.quit },
  ];
}
