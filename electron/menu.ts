import type { MenuItemConstructorOptions } from "electron";

/**
 * The menu, for its keys more than for its looks: the page has its own. No
 * reload and no developer tools in what people install.
 */
export function menuTemplate(
  platform: string,
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  const app: MenuItemConstructorOptions[] =
    platform === "darwin" ? [{ role: "appMenu" }] : [];
  const tools: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: "separator" }, { role: "reload" }, { role: "toggleDevTools" }];
  return [
    ...app,
    { role: "editMenu" },
    {
      label: "View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...tools,
      ],
    },
    { role: "windowMenu" },
  ];
}
