import type { Page } from "@playwright/test";

/** Reports what a sound page never does; breaches of its policy come through the console. */
export function watchPage(
  page: Page,
  onProblem: (problem: string) => void,
): void {
  page.on("pageerror", (error) => {
    onProblem(`page error: ${error.stack ?? error.message}`);
  });
  page.on("crash", () => {
    onProblem("the page crashed");
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // How fast a graphics driver reads back is its own affair.
    if (message.text().includes("GL Driver Message")) return;
    // How a file says that nobody in reach has it; the page asks again.
    if (message.text().includes("status of 503")) return;
    onProblem(`console ${message.type()}: ${message.text()}`);
  });
}
