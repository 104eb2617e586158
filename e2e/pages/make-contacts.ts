import { expect } from "@playwright/test";
import type { App } from "./app.ts";

/** Makes two people contacts of each other by one link, and waits until both say so. */
export async function connect(
  one: App,
  other: App,
  link?: string,
): Promise<void> {
  await other.acceptLink(link ?? (await one.invite()));
  await one.go("People");
  await expect(one.contact(other.name)).toBeVisible();
  await other.go("People");
  await expect(other.contact(one.name)).toBeVisible();
  await one.go("Home");
  await other.go("Home");
}

/** Starts apps for two people who are contacts of each other. */
export async function makeContacts(
  startApp: (name: string) => Promise<App>,
  one: string,
  other: string,
  options: { readonly keepUndo?: boolean } = {},
): Promise<readonly [App, App]> {
  const first = await startApp(one);
  const second = await startApp(other);
  await first.onboard();
  await second.onboard();
  if (options.keepUndo !== true) {
    await first.postWithoutDelay();
    await second.postWithoutDelay();
  }
  await connect(first, second);
  return [first, second];
}
