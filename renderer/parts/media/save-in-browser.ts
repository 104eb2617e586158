import { foreignLine } from "#renderer/ui/foreign-text.ts";

/** Hands a file to the browser to be saved, as a press on a link with `download` does. */
export function saveInBrowser(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = foreignLine(name);
  link.click();
}
