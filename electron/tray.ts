import type { MenuItemConstructorOptions } from "electron";
import type { CoreClient } from "#core/contract/client.ts";
import { trayMenu, trayShape, trayWords } from "./tray-menu.ts";
import type { TrayActions, TrayFacts } from "./tray-menu.ts";
import type { StatusShape } from "#renderer/words/status.ts";

/** A tray as Electron has it, as far as it is used. */
export interface TrayPlace {
  setShape(shape: StatusShape): void;
  setTip(words: string): void;
  setMenu(items: MenuItemConstructorOptions[]): void;
}

export interface TrayOptions {
  readonly client: CoreClient;
  readonly place: TrayPlace;
  readonly staysOn: () => boolean;
  readonly actions: Omit<TrayActions, "setPaused">;
}

/** Keeps the tray as the core says things stand; the answer draws it again. */
export function followInTray(options: TrayOptions): () => void {
  const { client, place, staysOn, actions } = options;
  const network = client.state("network", {});
  const transfers = client.state("transfers", {});
  const settings = client.state("settings", {});
  let drawn = "";

  function draw(): void {
    const facts: TrayFacts = {
      network: network.peek(),
      line: client.connection.peek(),
      transfers: transfers.peek() ?? [],
      settings: settings.peek(),
      staysOn: staysOn(),
    };
    const menu = trayMenu(facts, {
      ...actions,
      setPaused(pausedAll) {
        // The window says so when it cannot be done; here nothing changes.
        client.call("updateSettings", { pausedAll }).catch(() => undefined);
      },
    });
    // Some systems close an open menu when it is set anew.
    const looks = JSON.stringify([trayShape(facts), menu]);
    if (looks === drawn) return;
    drawn = looks;
    place.setShape(trayShape(facts));
    place.setTip(`Commonplace: ${trayWords(facts)}`);
    place.setMenu(menu);
  }

  for (const state of [network, transfers, settings, client.connection])
    state.subscribe(draw);
  draw();
  return draw;
}
